using System.Collections.Immutable;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>Pass-through search: questions that are not about one address go to the directories.</summary>
public sealed record PassThroughSearchOptions
{
    /// <summary>Entries of one answer, over all its pages; beyond it ends in adminLimitExceeded.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Under way at a time, of all clients, those that wait between two pages too; a further one is busy.</summary>
    public int MaxConcurrent { get; init; } = 8;

    /// <summary>The longest wait for any directory to bring more.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take before it asks for the next page.</summary>
    public TimeSpan CookieLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Attributes that a filter may ask about though no directory publishes them.</summary>
    public ImmutableArray<string> FilterAttributes { get; init; } = ["memberOf"];
}
