namespace LookupProxy.Ldap.Client.Telemetry;

/// <summary>Lets through one warning a minute for each kind of fault of one server, and counts the others: an outage must not flood the log.</summary>
internal sealed class FaultReports(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<LdapFaultKind, Report> _last = [];

    /// <param name="suppressed">How many have been held back since the last one that was let through.</param>
    public bool ShouldReport(LdapFaultKind kind, out int suppressed)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_last.TryGetValue(kind, out var last) && time.GetElapsedTime(last.At, now) < Interval)
            {
                _last[kind] = last with { Suppressed = last.Suppressed + 1 };
                suppressed = 0;
                return false;
            }

            suppressed = last.Suppressed;
            _last[kind] = new Report(now, 0);
            return true;
        }
    }

    private readonly record struct Report(long At, int Suppressed);
}
