using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LookupProxy.SystemTests.Proxy;

/// <summary>One connection of Postfix's policy delegation protocol.</summary>
internal sealed class PolicyClient : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private PolicyClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    public static async Task<PolicyClient> ConnectAsync(EndPoint server)
    {
        var type = server is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(server.AddressFamily, SocketType.Stream, type);
        try
        {
            await socket.ConnectAsync(server);
            return new PolicyClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <returns>The action, such as DUNNO.</returns>
    public async Task<string> AskAsync(string recipient, string? policyContext = null)
    {
        await SendAsync(Request(recipient, policyContext));
        return await ReadActionAsync();
    }

    public static string Request(string recipient, string? policyContext = null) =>
        $"request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address=192.0.2.1\nsender=sender@outside.example\nrecipient={recipient}\npolicy_context={policyContext}\n\n";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public async Task<string> ReadActionAsync()
    {
        using var timeout = new CancellationTokenSource(AnswerWithin);
        var line = await _reader.ReadLineAsync(timeout.Token) ?? throw new IOException("Closed without an answer");
        Assert.StartsWith("action=", line, StringComparison.Ordinal);
        Assert.Equal("", await _reader.ReadLineAsync(timeout.Token));
        return line["action=".Length..];
    }

    /// <summary>True when the server closes without a word, false when it is still open after <paramref name="within"/>.</summary>
    public async Task<bool> IsClosedAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            return await _reader.ReadLineAsync(timeout.Token) is null;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
        _socket.Dispose();
    }
}
