using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Recipients;

/// <summary>One answer behind a verdict.</summary>
/// <param name="Age">Since the directory said it; zero when live.</param>
/// <param name="Took">Time the directory took to say it, when that is known; else zero.</param>
public sealed record Evidence(string Directory, Answer Answer, EvidenceSource Source, TimeSpan Age, TimeSpan Took)
{
    /// <summary>The form of the address that the directory was asked for: folded, in the domain that an alias stands for, with or without its extension.</summary>
    public Address? AskedFor { get; init; }

    /// <summary>For people: why the administrator overrode the directories; null for every other source.</summary>
    public string? Note { get; init; }
}
