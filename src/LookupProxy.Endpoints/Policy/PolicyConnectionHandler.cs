using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Policy;

/// <summary>
/// Postfix's policy delegation endpoint (SMTPD_POLICY_README), for any of Kestrel's listeners: TCP, Unix socket, with or without TLS.
/// Sends nothing that was not asked for, and closes without a word when it can't understand: Postfix then tries once more and uses its default action.
/// </summary>
public sealed class PolicyConnectionHandler : ConnectionHandler
{
    private readonly IRecipientResolver _resolver;
    private readonly ConnectionServices _services;
    private readonly PolicyOptions _options;
    private readonly NamespaceMap? _namespaces;
    private readonly PolicyReplySet _replies;
    private readonly ForeignDomains _foreign;
    private readonly ConnectionLimits _limits;

    /// <param name="namespaces">Whose domains are ours; null when there is no telling.</param>
    /// <exception cref="ArgumentException">A reply template has a fault (<see cref="PolicyReplyRules"/>).</exception>
    public PolicyConnectionHandler(
        IRecipientResolver resolver,
        PolicyOptions options,
        TimeProvider time,
        EndpointMetrics metrics,
        ILogger<PolicyConnectionHandler> logger,
        NamespaceMap? namespaces = null)
    {
        _resolver = resolver;
        _options = options;
        _namespaces = namespaces;
        _replies = new PolicyReplySet(options.Replies);
        _services = new ConnectionServices("policy", time, metrics, logger);
        _foreign = new ForeignDomains("policy", "endpoints.policy.replies.notOurs", logger);
        _limits = new ConnectionLimits { Idle = options.IdleTimeout, Request = options.RequestTimeout };
    }

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new PolicySession(connection.Transport.Output, _resolver, _options, _replies, _services, _foreign, _namespaces);
        return new ConnectionLoop(connection, session, _limits, _services).RunAsync();
    }
}
