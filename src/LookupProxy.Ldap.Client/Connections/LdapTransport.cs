using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>The socket to one server and what lies on it: bytes in through a pipe, bytes out through the stream. Has one owner at a time.</summary>
internal sealed class LdapTransport : IDisposable
{
    /// <summary>Holds a few dozen usual answers; larger ones take several.</summary>
    private const int ReadBytes = 16 * 1024;

    private readonly Socket _socket;

    public LdapTransport(Socket socket)
    {
        _socket = socket;
        Stream = new NetworkStream(socket, ownsSocket: true);
        Input = NewReader(Stream);
    }

    public Stream Stream { get; private set; }

    public PipeReader Input { get; private set; }

    public bool IsSecure => Stream is SslStream;

    /// <summary>What TLS and its like are spoken over from now on. The old reader holds no byte.</summary>
    public void Upgrade(SslStream secure)
    {
        Input.Complete();
        Stream = secure;
        Input = NewReader(secure);
    }

    public void Dispose()
    {
        Input.Complete();
        Stream.Dispose();
        _socket.Dispose();
    }

    private static PipeReader NewReader(Stream stream) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes, minimumReadSize: ReadBytes / 8, leaveOpen: true));
}
