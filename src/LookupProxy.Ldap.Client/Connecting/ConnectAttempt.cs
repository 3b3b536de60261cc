using System.Net.Security;
using System.Net.Sockets;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>The steps of one attempt, in order. A step that fails ends it; nothing is sent in clear that TLS was meant to hide.</summary>
internal sealed class ConnectAttempt(LdapServerOptions options, ServerAddress server, Dialer dialer, LdapCredentials credentials)
{
    private CertificateJudge? _judge;
    private Handshake? _handshake;

    public LdapTransport? Transport { get; private set; }

    /// <summary>What is under way, for the words of a fault: "TLS handshake with".</summary>
    public string Step { get; private set; } = "connect to";

    public async Task<LdapFault?> RunAsync(CancellationToken cancellation) =>
        await DialAsync(cancellation)
        ?? await StartTlsAsync(cancellation)
        ?? await SecureAsync(cancellation)
        ?? await BindAsync(cancellation);

    /// <summary>What an exception of the step under way means.</summary>
    public LdapFault Explain(Exception exception)
    {
        var why = _judge?.Complaint ?? Reason(exception);
        var kind = Step switch
        {
            "connect to" => LdapFaultKind.Unreachable,
            "TLS handshake with" => LdapFaultKind.TlsFailed,
            // With TLS 1.3 a server that wants a client certificate says so after the handshake.
            _ when Transport is { IsSecure: true } && !IsOfTheSocket(exception) => LdapFaultKind.TlsFailed,
            _ => LdapFaultKind.ConnectionLost,
        };
        return new LdapFault(kind, $"{Step} {server} failed: {why}");
    }

    private async Task<LdapFault?> DialAsync(CancellationToken cancellation)
    {
        var outcome = await dialer.DialAsync(server.Host, server.Port, cancellation);
        if (outcome.Socket is not { } socket)
            return new LdapFault(LdapFaultKind.Unreachable, $"connect to {server} failed: {outcome.Failure}");
        Transport = new LdapTransport(socket);
        _handshake = new Handshake(Transport, server.ToString(), options.MaxMessageBytes);
        return null;
    }

    private async Task<LdapFault?> StartTlsAsync(CancellationToken cancellation)
    {
        if (!options.Tls.StartTls)
            return null;
        Step = "StartTLS with";
        var (result, fault) = await _handshake!.AskAsync<ExtendedResponse>(new ExtendedRequest(Oids.StartTls), cancellation);
        if (result is null)
            return fault;
        if (result.Code != ResultCode.Success)
            return new LdapFault(LdapFaultKind.TlsFailed, $"StartTLS with {server} refused: {Responses.Describe(result)}", result.Code);
        // Anything in clear behind the response did not come from whom the certificate will name.
        return Transport!.Input.TryRead(out var rest) && !rest.Buffer.IsEmpty
            ? new LdapFault(LdapFaultKind.ProtocolError, $"StartTLS with {server} failed: bytes in clear came behind the response")
            : null;
    }

    private async Task<LdapFault?> SecureAsync(CancellationToken cancellation)
    {
        if (!server.TlsFromTheStart && !options.Tls.StartTls)
            return null;
        Step = "TLS handshake with";
        _judge = new CertificateJudge(options.Tls, server.Host);
        var settings = TlsSettings.Read(options.Tls, server.Host, _judge);
        var secure = new SslStream(Transport!.Stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(settings, cancellation);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }

        _judge = null;
        Transport.Upgrade(secure);
        return null;
    }

    private async Task<LdapFault?> BindAsync(CancellationToken cancellation)
    {
        Step = "bind at";
        if (credentials.ToRequest() is not { } request)
            return null;
        var (result, fault) = await _handshake!.AskAsync<BindResponse>(request, cancellation);
        if (result is null)
            return fault;
        return result.Code == ResultCode.Success
            ? null
            : new LdapFault(LdapFaultKind.BindRefused, $"bind at {server} as {credentials.Identity} refused: {Responses.Describe(result)}", result.Code);
    }

    private static bool IsOfTheSocket(Exception exception) => exception is SocketException or EndOfStreamException || exception.InnerException is SocketException;

    private static string Reason(Exception exception) =>
        exception.InnerException is { } inner && inner.Message != exception.Message ? $"{exception.Message} ({inner.Message})" : exception.Message;
}
