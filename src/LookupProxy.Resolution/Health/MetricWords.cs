using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Storing;

namespace LookupProxy.Resolution.Health;

/// <summary>The words that metrics and spans carry. Stable: dashboards and alerts are built on them.</summary>
internal static class MetricWords
{
    public static string Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "valid",
        VerdictKind.Invalid => "invalid",
        VerdictKind.NotOurs => "not_ours",
        _ => "unknown",
    };

    public static string Of(LookupSource source) => source switch
    {
        LookupSource.Live => "live",
        LookupSource.Stale => "stale",
        LookupSource.Snapshot => "snapshot",
        LookupSource.Rule => "rule",
        LookupSource.Store => "store",
        LookupSource.Override => "override",
        _ => "memory",
    };

    public static string Of(StoreReadResult result) => result switch
    {
        StoreReadResult.Hit => "hit",
        StoreReadResult.Miss => "miss",
        StoreReadResult.Late => "late",
        _ => "failed",
    };

    public static string Of(Answer answer) => answer switch
    {
        Answer.Exists => "exists",
        Answer.Absent => "absent",
        _ => "unknown",
    };

    public static string Of(BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.HalfOpen => "half_open",
        BreakerState.Isolated => "isolated",
        _ => "open",
    };

    public static string Of(UnknownReason reason) => reason switch
    {
        UnknownReason.None => "none",
        UnknownReason.Timeout => "timeout",
        UnknownReason.Deadline => "deadline",
        UnknownReason.Unreachable => "unreachable",
        UnknownReason.ConnectionLost => "connection_lost",
        UnknownReason.TlsFailed => "tls_failed",
        UnknownReason.BindRefused => "bind_refused",
        UnknownReason.AccessRefused => "access_refused",
        UnknownReason.Busy => "busy",
        UnknownReason.Unavailable => "unavailable",
        UnknownReason.Referral => "referral",
        UnknownReason.SizeLimit => "size_limit",
        UnknownReason.TimeLimit => "time_limit",
        UnknownReason.BaseNotFound => "base_not_found",
        UnknownReason.ProtocolError => "protocol_error",
        UnknownReason.ServerError => "server_error",
        UnknownReason.CircuitOpen => "circuit_open",
        UnknownReason.Isolated => "isolated",
        UnknownReason.Overloaded => "overloaded",
        UnknownReason.NotReady => "not_ready",
        UnknownReason.Distrusted => "distrusted",
        _ => "internal_error",
    };
}
