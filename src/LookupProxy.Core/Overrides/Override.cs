using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>An administrator's word on one address, above what the directories say, for a time.</summary>
/// <param name="Why">Free text of one line; shown in the list and in the evidence.</param>
public sealed record Override(Address Address, bool IsValid, DateTimeOffset Until, string Why, DateTimeOffset SetAt)
{
    /// <summary>Clocks differ, and are set: what has only just expired is kept a little longer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>Nobody needs to keep it any more.</summary>
    public bool IsLongPast(DateTimeOffset now) => Until < LongBefore(now);

    /// <summary>What expired earlier is long past.</summary>
    public static DateTimeOffset LongBefore(DateTimeOffset now) => now - Grace;
}
