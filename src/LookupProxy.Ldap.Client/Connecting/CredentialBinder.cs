namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Connections that live for one bind. They have nothing of the pool's: neither its back-off nor its memory of refused passwords.</summary>
internal sealed class CredentialBinder(LdapServerOptions options, ServerAddress server, Dialer dialer, TimeProvider time) : ILdapBinder
{
    public async ValueTask<LdapFault?> BindAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        // RFC 4513 5.1.2: servers take these for anonymous binds, which succeed.
        if (name.Length == 0 || password.IsEmpty)
            return new LdapFault(LdapFaultKind.BindRefused, $"no bind at {server}: a name and a password are needed");
        if (!server.TlsFromTheStart && !options.Tls.StartTls)
            return new LdapFault(LdapFaultKind.TlsFailed, $"no bind at {server} as {name}: a user's password is sent under TLS only");
        using var credentials = LdapCredentials.Of(name, password.Span);
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var attempt = new ConnectAttempt(options, server, dialer, credentials);
        try
        {
            return await attempt.RunAsync(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            return deadline.IsCancellationRequested
                ? new LdapFault(LdapFaultKind.ConnectTimeout, $"{attempt.Step} {server} failed: not done within {options.ConnectTimeout.TotalSeconds:0.###} s")
                : attempt.Explain(exception);
        }
        finally
        {
            attempt.Transport?.Dispose();
        }
    }
}
