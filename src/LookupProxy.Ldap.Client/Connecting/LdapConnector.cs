namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Makes connections to one server that are secured and bound. All that can go wrong comes back as a fault.</summary>
internal sealed class LdapConnector(LdapServerOptions options, ServerAddress server, Dialer dialer, RefusedBinds refusedBinds, TimeProvider time)
{
    public async Task<ConnectOutcome> ConnectAsync(CancellationToken cancellation)
    {
        if (!LdapCredentials.TryRead(options.Bind, server.ToString(), out var credentials, out var fault))
            return new ConnectOutcome(null, fault);
        using (credentials)
        {
            if (refusedBinds.Begin(server.ToString(), credentials) is { } refused)
                return new ConnectOutcome(null, refused);
            var ended = new LdapFault(LdapFaultKind.Unreachable, "given up");
            try
            {
                var outcome = await TryAsync(credentials, cancellation);
                ended = outcome.Fault;
                return outcome;
            }
            finally
            {
                refusedBinds.End(server.ToString(), credentials, ended);
            }
        }
    }

    /// <summary>A password that was refused may be tried again.</summary>
    public void TryAnew() => refusedBinds.Forget(server.ToString());

    /// <summary>For logs.</summary>
    public string Identity => options.Bind.Method switch
    {
        LdapBindMethod.Simple => options.Bind.Name,
        LdapBindMethod.External => "the client certificate's owner",
        _ => "anonymous",
    };

    private async Task<ConnectOutcome> TryAsync(LdapCredentials credentials, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var attempt = new ConnectAttempt(options, server, dialer, credentials);
        LdapFault? fault;
        try
        {
            fault = await attempt.RunAsync(either.Token);
        }
        catch (Exception exception)
        {
            fault = cancellation.IsCancellationRequested ? new LdapFault(LdapFaultKind.Unreachable, $"{attempt.Step} {server} given up: the client was closed")
                : deadline.IsCancellationRequested ? new LdapFault(LdapFaultKind.ConnectTimeout, $"{attempt.Step} {server} failed: not done within {options.ConnectTimeout.TotalSeconds:0.###} s")
                : attempt.Explain(exception);
        }

        if (fault is null)
            return new ConnectOutcome(attempt.Transport, null);
        if (attempt.Transport is { } useless)
        {
            useless.Dispose();
            dialer.Turn();
        }

        return new ConnectOutcome(null, fault);
    }
}
