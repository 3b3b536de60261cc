using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Pool;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client;

public static class LdapClient
{
    /// <summary>The name of this client's meter, for telemetry.</summary>
    public const string MeterName = Telemetry.LdapClientMetrics.MeterName;

    /// <summary>A client of one server. Nothing is opened before the first search.</summary>
    /// <param name="refusedBinds">What the servers of one directory share; null for a server alone.</param>
    /// <exception cref="ArgumentException">The options cannot work.</exception>
    public static ILdapClient Create(LdapServerOptions options, ILogger logger, TimeProvider time, RefusedBinds? refusedBinds = null) =>
        Create(options, logger, time, new Dialer(time), refusedBinds);

    internal static LdapConnectionPool Create(LdapServerOptions options, ILogger logger, TimeProvider time, Dialer dialer, RefusedBinds? refusedBinds = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOutstandingPerConnection, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSessions, 1);
        var server = ServerAddress.Parse(options.Uri);
        if (server.TlsFromTheStart && options.Tls.StartTls)
            throw new ArgumentException($"StartTLS is for ldap://; '{options.Uri}' has TLS from the start.", nameof(options));
        return new LdapConnectionPool(options, server, dialer, refusedBinds ?? new RefusedBinds(options.RefusedBindBackoff, time), time, logger);
    }
}
