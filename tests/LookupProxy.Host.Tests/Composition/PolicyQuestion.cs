using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LookupProxy.Host.Tests.Composition;

/// <summary>Asks a policy endpoint as Postfix does.</summary>
internal static class PolicyQuestion
{
    /// <summary>A whole question with the beginning of the next: sent together, so that once the first is answered the second has been seen to begin.</summary>
    public static ReadOnlyMemory<byte> OneAndABit { get; } = "request=smtpd_access_policy\nprotocol_state=RCPT\nrecipient=anna@corp.example\n\nrequest=smtpd_access_policy\nprotocol_state=RCPT\n"u8.ToArray();

    public static async Task<string> AskAsync(EndPoint endPoint, string recipient, Func<Stream, Task<Stream>>? secure = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var protocol = endPoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp;
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
        await socket.ConnectAsync(endPoint, cancellation);
        await using var plain = new NetworkStream(socket);
        var stream = secure is null ? plain : await secure(plain);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"request=smtpd_access_policy\nprotocol_state=RCPT\nrecipient={recipient}\n\n"), cancellation);
        using var reader = new StreamReader(stream);
        var reply = await reader.ReadLineAsync(cancellation);
        Assert.Equal("", await reader.ReadLineAsync(cancellation));
        return reply!;
    }
}
