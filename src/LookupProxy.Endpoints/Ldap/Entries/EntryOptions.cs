using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>What the entries of recipients hold, besides what is uniform.</summary>
public sealed record EntryOptions
{
    private static readonly ImmutableArray<string> s_fixed = ["objectClass", "distinguishedName", "entryDN", "subschemaSubentry", "lookupProxyDirectory"];

    /// <summary>Values of objectClass that every recipient has, for gateways that ask for others than the usual.</summary>
    public ImmutableArray<string> ObjectClasses { get; init; } = [];

    /// <summary>Attributes of the operator's own. They take the place of uniform ones of that name.</summary>
    public ImmutableArray<AttributeMapping> Attributes { get; init; } = [];

    /// <summary>The attributes that may leave; null for all that an entry has, of which a directory's are only those that it publishes.</summary>
    public ImmutableArray<string>? Allowed { get; init; }

    /// <summary>
    /// The attributes that each directory is asked for, by the directory's name: what one of these does not give, its recipient does not have. Of any other
    /// nobody knows. Null when there is no telling; then only attributes without a name here are not known.
    /// </summary>
    public FrozenDictionary<string, ImmutableArray<string>>? Published { get; init; }

    /// <summary>Namespaces, by name, in which addresses that differ by case are different recipients; so are the names of their entries.</summary>
    public FrozenSet<string> CaseSensitive { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether every entry can have the attribute, whatever the directories give.</summary>
    public static bool IsUniform(string name) =>
        UniformAttributes.All.Any(attribute => attribute.Source is null && attribute.Name.Equals(AttributeSynonyms.Usual(name), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the attribute is what it is in every entry: its classes and its name.</summary>
    public static bool IsFixed(string name) => s_fixed.Contains(name, StringComparer.OrdinalIgnoreCase);
}
