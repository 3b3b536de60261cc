using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;

namespace LookupProxy.SystemTests.Ldap.Wire;

/// <summary>A connection that sends any octets, and reads what comes. It can also be slow, or not read at all.</summary>
internal sealed class RawLdapClient : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ReplyWithin = TimeSpan.FromSeconds(15);

    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawLdapClient(Socket socket)
    {
        Socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public Socket Socket { get; }

    public static RawLdapClient Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", port);
        return new RawLdapClient(socket);
    }

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="receiveBuffer">Octets that the kernel takes for a client that does not read; 0 for its own choice.</param>
    /// <param name="from">One of this machine's own addresses to come from.</param>
    public static async Task<RawLdapClient> ConnectAsync(int port, int receiveBuffer = 0, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync("127.0.0.1", port);
            return new RawLdapClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<RawLdapClient> BindAsync(int port, string name, string password)
    {
        var client = await ConnectAsync(port);
        Assert.Equal(0, await client.BindAsync(name, password));
        return client;
    }

    /// <returns>The result code.</returns>
    public async Task<int> BindAsync(string name, string password)
    {
        await SendAsync(LdapPdu.Bind(1, name, password));
        return (await ReadAsync()).ResultCode;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken = default) => await _stream.WriteAsync(octets, cancellationToken);

    /// <exception cref="IOException">The server has closed.</exception>
    public async Task<LdapReply> ReadAsync()
    {
        using var timeout = new CancellationTokenSource(ReplyWithin);
        LdapReply? reply;
        while (!TryParse(out reply))
        {
            if (_end == _buffer.Length)
                MakeRoom();
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), timeout.Token);
            if (read == 0)
                throw new IOException("The server closed the connection");
            _end += read;
        }

        return reply!;
    }

    /// <returns>The entries and the result code of the answer to one search.</returns>
    public async Task<(int Entries, int ResultCode)> SearchAsync(byte[] search)
    {
        await SendAsync(search);
        var entries = 0;
        while (true)
        {
            var reply = await ReadAsync();
            if (reply.Operation == LdapReply.Entry)
                entries++;
            else
                return (entries, reply.ResultCode);
        }
    }

    /// <summary>As <see cref="SearchAsync"/> in the caller's own thread: this program's thread pool, which others may keep busy, has no part in the time it takes.</summary>
    public (int Entries, int ResultCode) Search(byte[] search)
    {
        _stream.ReadTimeout = (int)ReplyWithin.TotalMilliseconds;
        _stream.Write(search);
        var entries = 0;
        while (true)
        {
            LdapReply? reply;
            while (!TryParse(out reply))
            {
                if (_end == _buffer.Length)
                    MakeRoom();
                var read = _stream.Read(_buffer.AsSpan(_end));
                if (read == 0)
                    throw new IOException("The server closed the connection");
                _end += read;
            }

            if (reply!.Operation != LdapReply.Entry)
                return (entries, reply.ResultCode);
            entries++;
        }
    }

    /// <summary>True when the server closes, whatever it says before; false when it is still open after <paramref name="within"/>.</summary>
    public async Task<bool> IsClosedAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            while (await _stream.ReadAsync(_buffer, timeout.Token) > 0)
            {
            }

            return true;
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

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    public void Dispose() => _stream.Dispose();

    private bool TryParse(out LdapReply? reply)
    {
        reply = null;
        ReadOnlySpan<byte> octets = _buffer.AsSpan(_start, _end - _start);
        if (!AsnDecoder.TryReadEncodedValue(octets, AsnEncodingRules.BER, out _, out var offset, out var length, out var consumed))
            return false;
        var message = octets.Slice(offset, length);
        AsnDecoder.TryReadInt32(message, AsnEncodingRules.BER, out var messageId, out var idLength);
        var tag = AsnDecoder.ReadEncodedValue(message[idLength..], AsnEncodingRules.BER, out var operationOffset, out var operationLength, out _);
        var result = tag.TagValue == LdapReply.Entry ? -1 : message.Slice(idLength + operationOffset, operationLength)[2];
        reply = new LdapReply(messageId, tag.TagValue, result);
        _start += consumed;
        return true;
    }

    private void MakeRoom()
    {
        var target = _start > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }
}
