using System.Collections.Immutable;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Model;

/// <summary>The domains shared, and the directories that share them. Domains are lower-case A-labels.</summary>
public sealed record NamespaceDefinition
{
    public required string Name { get; init; }

    public required ImmutableArray<string> Domains { get; init; }

    /// <summary>Alias domain to the domain (one of <see cref="Domains"/>) that it stands for.</summary>
    public ImmutableDictionary<string, string> DomainAliases { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names of directories, all of which must say "absent" before an address is invalid.</summary>
    public required ImmutableArray<string> Directories { get; init; }

    /// <summary>Postfix recipient_delimiter: any one of these characters separates the extension; empty for none.</summary>
    public string RecipientDelimiter { get; init; } = "";

    public WhenUnknown WhenUnknown { get; init; } = WhenUnknown.Defer;

    /// <summary>Local parts differ by case only when this is set (RFC 5321 2.4 allows it, few systems do).</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>Local parts valid whatever the directories say. postmaster is always among them (RFC 5321 4.5.1).</summary>
    public ImmutableArray<string> AlwaysValid { get; init; } = ["postmaster"];
}
