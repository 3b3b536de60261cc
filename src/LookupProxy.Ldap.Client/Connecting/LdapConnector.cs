namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Makes connections to one server that are secured and bound. All that can go wrong comes back as a fault.</summary>
internal sealed class LdapConnector(LdapServerOptions options, ServerAddress server, Dialer dialer, TimeProvider time)
{
    private readonly RefusedBinds _refused = new(options.RefusedBindBackoff, time);

    public async Task<ConnectOutcome> ConnectAsync(CancellationToken cancellation)
    {
        if (!LdapCredentials.TryRead(options.Bind, server.ToString(), out var credentials, out var fault))
            return new ConnectOutcome(null, fault);
        using (credentials)
        {
            if (_refused.Recall(credentials) is { } refused)
                return new ConnectOutcome(null, refused);
            var outcome = await TryAsync(credentials, cancellation);
            if (outcome.Fault is null)
                _refused.Forget();
            else
                _refused.Note(credentials, outcome.Fault);
            return outcome;
        }
    }

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
