using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>What the entries of recipients hold, besides what is uniform.</summary>
public sealed record EntryOptions
{
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
}
