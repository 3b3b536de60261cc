using System.Net.Security;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Ldap;

/// <summary>The LDAPv3 endpoint (RFC 4511), for any of Kestrel's listeners. It does TLS itself, since StartTLS begins in the midst of a connection.</summary>
public sealed class LdapConnectionHandler : ConnectionHandler
{
    private readonly LdapServices _services;

    /// <param name="tls">Asked at each handshake, so that a renewed certificate takes effect; null when there is no TLS.</param>
    /// <param name="sources">What lies behind the resolver.</param>
    /// <exception cref="ArgumentException">The suffix is no distinguished name.</exception>
    public LdapConnectionHandler(
        IRecipientResolver resolver,
        LdapOptions options,
        Func<SslServerAuthenticationOptions>? tls,
        TimeProvider time,
        EndpointMetrics metrics,
        ILogger<LdapConnectionHandler> logger,
        LdapSources? sources = null) =>
        _services = new LdapServices(options, resolver, new ConnectionServices(LdapWords.Endpoint, time, metrics, logger), tls, sources);

    /// <summary>A plain listener; StartTLS when there is TLS.</summary>
    public override Task OnConnectedAsync(ConnectionContext connection) => new LdapConnection(connection, _services, isTls: false).RunAsync();

    /// <summary>A listener with TLS from the first byte.</summary>
    public Task OnTlsConnectedAsync(ConnectionContext connection) => new LdapConnection(connection, _services, isTls: true).RunAsync();
}
