using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LookupProxy.SystemTests.Postfix;

/// <summary>A sending mail server, as far as RCPT and a small message.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private static readonly TimeSpan ReplyWithin = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private SmtpSession(TcpClient client)
    {
        _client = client;
        var stream = client.GetStream();
        _reader = new StreamReader(stream, Encoding.UTF8);
        _writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
    }

    /// <summary>Greeted, and MAIL FROM accepted.</summary>
    public static async Task<SmtpSession> BeginAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var session = new SmtpSession(client);
        session.Expect(220, await session.ReadAsync());
        session.Expect(250, await session.SendAsync("EHLO sender.example"));
        session.Expect(250, await session.SendAsync("MAIL FROM:<sender@outside.example>"));
        return session;
    }

    public Task<SmtpReply> RecipientAsync(string address) => SendAsync($"RCPT TO:<{address}>");

    public async Task<SmtpReply> DataAsync(string body)
    {
        Expect(354, await SendAsync("DATA"));
        return await SendAsync($"Subject: test\r\n\r\n{body}\r\n.");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await SendAsync("QUIT");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server was ended first.
        }

        _client.Dispose();
    }

    private void Expect(int code, SmtpReply reply)
    {
        if (reply.Code == code)
            return;
        _client.Dispose();
        Assert.Fail($"Expected {code}, got {reply}");
    }

    private async Task<SmtpReply> SendAsync(string line)
    {
        await _writer.WriteLineAsync(line);
        return await ReadAsync();
    }

    private async Task<SmtpReply> ReadAsync()
    {
        using var timeout = new CancellationTokenSource(ReplyWithin);
        var text = new List<string>();
        while (true)
        {
            var line = await _reader.ReadLineAsync(timeout.Token) ?? throw new IOException("The mail server closed the connection");
            text.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length < 4 || line[3] != '-')
                return new SmtpReply(int.Parse(line.AsSpan(0, 3), CultureInfo.InvariantCulture), string.Join('\n', text));
        }
    }
}
