using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Resolution.Model;

/// <summary>Addresses by which a directory shows whether its answers can be believed. Written as directories are asked for them.</summary>
public sealed record CanarySettings
{
    /// <summary>All of them are there, always.</summary>
    public ImmutableArray<Address> Exists { get; init; } = [];

    /// <summary>Never there.</summary>
    public Address? Absent { get; init; }

    /// <summary>Asked this often also when nobody asks anything. An absence that counts is followed by the question for <see cref="Exists"/> in any case.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);
}
