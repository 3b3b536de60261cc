using System.Collections.Immutable;

namespace LookupProxy.Core.Lookups;

/// <param name="Domains">Aliases included; lower-case A-labels.</param>
/// <param name="Directories">By name, in the configuration's order.</param>
public sealed record NamespaceOutline(string Name, ImmutableArray<string> Domains, ImmutableArray<string> Directories)
{
    /// <summary>Addresses that differ by the case of their local parts are different recipients.</summary>
    public bool CaseSensitive { get; init; }
}
