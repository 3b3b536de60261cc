using System.Collections.Immutable;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Messages;

public enum SearchScope
{
    BaseObject = 0,
    SingleLevel = 1,
    WholeSubtree = 2,
}

public enum DereferenceAliases
{
    Never = 0,
    InSearching = 1,
    FindingBaseObject = 2,
    Always = 3,
}

/// <summary>RFC 4511 4.5.1.</summary>
public sealed record SearchRequest(string BaseObject, SearchScope Scope, LdapFilter Filter) : LdapOperation
{
    public DereferenceAliases Dereference { get; init; } = DereferenceAliases.Never;

    /// <summary>Entries; 0 for no limit.</summary>
    public int SizeLimit { get; init; }

    /// <summary>Seconds; 0 for no limit.</summary>
    public int TimeLimit { get; init; }

    public bool TypesOnly { get; init; }

    public ImmutableArray<string> Attributes { get; init; } = [];
}

/// <summary>PartialAttribute, RFC 4511 4.1.7.</summary>
public sealed record LdapAttribute(string Description, ImmutableArray<ReadOnlyMemory<byte>> Values);

public sealed record SearchResultEntry(string ObjectName, ImmutableArray<LdapAttribute> Attributes) : LdapOperation;

public sealed record SearchResultReference(ImmutableArray<string> Uris) : LdapOperation;

public sealed record SearchResultDone(LdapResult Result) : LdapOperation;
