using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LookupProxy.Ldap.Client.Pool;

namespace LookupProxy.Ldap.Client.Telemetry;

/// <summary>Instruments of the meter "LookupProxy.Ldap.Client". What can be read off the pools is observed, so that a search pays nothing for it.</summary>
internal static class LdapClientMetrics
{
    public const string MeterName = "LookupProxy.Ldap.Client";

    private static readonly ConcurrentDictionary<LdapConnectionPool, byte> Pools = new();
    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("lookupproxy.ldap.client.connect.failures", "{attempt}", "Attempts to connect, secure or bind that failed.");

    private static readonly Counter<long> Losses =
        Meter.CreateCounter<long>("lookupproxy.ldap.client.connections.lost", "{connection}", "Connections that ended otherwise than planned.");

    private static readonly Histogram<double> ConnectTime =
        Meter.CreateHistogram<double>("lookupproxy.ldap.client.connect.duration", "s", "Time to a bound connection.");

    static LdapClientMetrics()
    {
        Meter.CreateObservableUpDownCounter("lookupproxy.ldap.client.connections", () => Observe(pool => pool.OpenConnections), "{connection}", "Connections open.");
        Meter.CreateObservableUpDownCounter("lookupproxy.ldap.client.searches.outstanding", () => Observe(pool => pool.Outstanding), "{search}", "Searches sent and not answered yet.");
    }

    public static void Watch(LdapConnectionPool pool) => Pools.TryAdd(pool, 0);

    public static void Unwatch(LdapConnectionPool pool) => Pools.TryRemove(pool, out _);

    public static void ConnectFailed(string server, LdapFaultKind kind) => Failures.Add(1, Server(server), new("fault", Word(kind)));

    public static void Connected(string server, TimeSpan time) => ConnectTime.Record(time.TotalSeconds, Server(server));

    public static void Lost(string server, LdapFaultKind kind) => Losses.Add(1, Server(server), new("fault", Word(kind)));

    /// <summary>Stable: dashboards and alerts are built on them.</summary>
    private static string Word(LdapFaultKind kind) => kind switch
    {
        LdapFaultKind.Unreachable => "unreachable",
        LdapFaultKind.ConnectionLost => "connection_lost",
        LdapFaultKind.ConnectTimeout => "connect_timeout",
        LdapFaultKind.TlsFailed => "tls_failed",
        LdapFaultKind.BindRefused => "bind_refused",
        LdapFaultKind.ProtocolError => "protocol_error",
        LdapFaultKind.Overloaded => "overloaded",
        _ => "silence",
    };

    private static IEnumerable<Measurement<int>> Observe(Func<LdapConnectionPool, int> read) =>
        Pools.Keys.GroupBy(pool => pool.Server, read, (server, values) => new Measurement<int>(values.Sum(), Server(server)));

    private static KeyValuePair<string, object?> Server(string server) => new("server", server);
}
