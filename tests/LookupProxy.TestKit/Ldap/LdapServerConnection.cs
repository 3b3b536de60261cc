using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>One accepted connection of the scripted server.</summary>
public sealed class LdapServerConnection : IDisposable
{
    private static readonly LdapMessageReader Codec = new(new LdapCodecLimits());

    private readonly Socket _socket;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closed = new();
    private Stream _stream;
    private PipeReader _reader;
    private int _isClosed;

    internal LdapServerConnection(Socket socket, int number)
    {
        _socket = socket;
        Number = number;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    /// <summary>Counts from 1.</summary>
    public int Number { get; }

    public bool OverTls { get; private set; }

    /// <summary>The name of the last successful bind; null when anonymous.</summary>
    public string? BoundAs { get; internal set; }

    public X509Certificate2? ClientCertificate { get; private set; }

    public CancellationToken Closed => _closed.Token;

    public ValueTask SendAsync(params LdapMessage[] messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
            LdapMessageWriter.Write(buffer, message);
        return SendBytesAsync(buffer.WrittenMemory);
    }

    public async ValueTask SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync(Closed);
        try
        {
            await _stream.WriteAsync(bytes, Closed);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>For <see cref="ScriptedLdapServer.OnConnect"/>: the peer has begun to speak. Consumes nothing.</summary>
    public async ValueTask WaitForBytesAsync()
    {
        var result = await _reader.ReadAsync(Closed);
        _reader.AdvanceTo(result.Buffer.Start);
    }

    /// <summary>FIN: what was sent still arrives.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was first.
        }

        _closed.Cancel();
        _socket.Dispose();
    }

    /// <summary>RST.</summary>
    public void Reset()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        _socket.LingerState = new LingerOption(true, 0);
        _closed.Cancel();
        _socket.Dispose();
    }

    public void Dispose()
    {
        Close();
        _reader.Complete();
        _stream.Dispose();
        // The token source and the semaphore hold nothing to free, and a test may be closing the connection at this moment.
    }

    internal async Task UpgradeToTlsAsync(LdapServerTls tls)
    {
        await _reader.CompleteAsync();
        var secure = new SslStream(_stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = tls.Certificate,
                ClientCertificateRequired = tls.ClientAuthority is not null,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => tls.Accepts(certificate),
            },
            Closed);
        _stream = secure;
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        ClientCertificate = secure.RemoteCertificate as X509Certificate2;
        OverTls = true;
    }

    /// <summary>Null at the end of the connection, also when the peer sent no LDAP.</summary>
    internal async Task<LdapMessage?> ReadAsync()
    {
        while (true)
        {
            var result = await _reader.ReadAsync(Closed);
            var buffer = result.Buffer;
            var status = Codec.TryRead(ref buffer, out var message, out _);
            _reader.AdvanceTo(buffer.Start, status == ReadStatus.Done ? buffer.Start : buffer.End);
            if (status == ReadStatus.Done)
                return message;
            if (status == ReadStatus.Fault || result.IsCompleted)
                return null;
        }
    }
}
