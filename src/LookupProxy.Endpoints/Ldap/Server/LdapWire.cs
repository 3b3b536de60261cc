using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using Microsoft.AspNetCore.Connections;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>The bytes of one connection, which may become TLS while it lasts. Only the connection's own loop writes.</summary>
internal sealed class LdapWire(ConnectionContext connection) : IAsyncDisposable
{
    private SslStream? _tls;

    public PipeReader Input { get; private set; } = connection.Transport.Input;

    public PipeWriter Output { get; private set; } = connection.Transport.Output;

    public EndPoint? Client => connection.RemoteEndPoint;

    public bool IsTls => _tls is not null;

    /// <summary>Validated against the authorities of the configuration; null when the client showed none.</summary>
    public X509Certificate? ClientCertificate => _tls?.RemoteCertificate;

    /// <summary>Whether nobody on a network can read along: TLS, this machine, or a Unix socket.</summary>
    public bool IsPrivate => IsTls || connection.RemoteEndPoint is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address);

    public void Write(int messageId, ReadOnlySpan<byte> operation) => OperationBytes.Write(Output, messageId, operation);

    public void Write(int messageId, LdapOperation operation, params ReadOnlySpan<LdapControl> controls) =>
        Write(messageId, OperationBytes.Of(operation, controls));

    /// <summary>The server's side of the handshake; nothing may have been read or written beyond this point.</summary>
    public async Task UpgradeAsync(SslServerAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var stream = new PipeStream(Input, Output) { LeavesSocketThreads = true };
        var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(options, cancellationToken);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        stream.LeavesSocketThreads = false;
        _tls = tls;
        Input = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls is not { } tls)
            return;
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await tls.ShutdownAsync();
        await tls.DisposeAsync();
    }
}
