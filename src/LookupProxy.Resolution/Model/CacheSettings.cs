namespace LookupProxy.Resolution.Model;

public sealed record CacheSettings
{
    /// <summary>How long an Exists is fresh.</summary>
    public TimeSpan Exists { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an Absent is fresh. Short, so that a new mailbox is not held out.</summary>
    public TimeSpan Absent { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an Exists past its time may still make an address valid while its directory cannot be asked.</summary>
    public TimeSpan StaleFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Share by which each time is shortened at random, so that answers learnt together do not expire together.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>An Exists used in this last share of its time is asked anew in the background.</summary>
    public double RefreshAhead { get; init; } = 0.2;

    /// <summary>Refreshes under way at a time; a further one waits for the next use of its address.</summary>
    public int MaxRefreshing { get; init; } = 64;

    /// <summary>Sheets of addresses that exist.</summary>
    public int MaxExists { get; init; } = 1_000_000;

    /// <summary>Sheets of addresses that do not. Apart, so that a directory harvest attack pushes no one out who exists.</summary>
    public int MaxAbsent { get; init; } = 200_000;
}
