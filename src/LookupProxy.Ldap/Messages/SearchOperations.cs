using System.Collections.Immutable;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Messages;

/// <summary>RFC 4511 4.5.1.2. A client may send a number that is not here; the answer to it is protocolError.</summary>
public enum SearchScope
{
    BaseObject = 0,
    SingleLevel = 1,
    WholeSubtree = 2,

    /// <summary>All below the base and not the base itself: OpenLDAP's "children", from a draft that others follow too.</summary>
    Subordinates = 3,
}

/// <summary>RFC 4511 4.5.1.3.</summary>
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
/// <param name="Description">The type and its options as the server wrote them: <c>member;range=0-1499</c>. Case does not count.</param>
/// <param name="Values">Octets as they came, none when only types were asked for. All values of a message share one array: copy what is to be kept long.</param>
public sealed record LdapAttribute(string Description, ImmutableArray<ReadOnlyMemory<byte>> Values);

/// <summary>RFC 4511 4.5.2.</summary>
public sealed record SearchResultEntry(string ObjectName, ImmutableArray<LdapAttribute> Attributes) : LdapOperation;

/// <summary>A part of the tree that the server does not hold and did not search, RFC 4511 4.5.3. The URIs are equal in worth.</summary>
public sealed record SearchResultReference(ImmutableArray<string> Uris) : LdapOperation;

/// <summary>The end of a search, RFC 4511 4.5.2.</summary>
public sealed record SearchResultDone(LdapResult Result) : LdapOperation;
