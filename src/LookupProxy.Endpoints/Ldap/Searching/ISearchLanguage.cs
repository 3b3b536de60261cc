using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>Understands a search and words its entries. Does no I/O.</summary>
internal interface ISearchLanguage
{
    /// <summary>The filter with the usual names of its attributes, which is what all else here takes.</summary>
    LdapFilter Usual(LdapFilter filter);

    SearchReading Read(LdapFilter filter);

    /// <summary>The address whose entry a search's base names: a client may read again what a search gave it.</summary>
    bool TryReadName(DistinguishedName name, [NotNullWhen(true)] out Address? address);

    /// <summary>The entry of a verdict that accepts its address; null when the filter does not match it.</summary>
    EncodedEntry? Entry(SearchRequest search, Verdict verdict);

    /// <summary>Of a verdict without an entry: why it cannot be told whether the filter matches, for the client. Null when it is certain not to.</summary>
    string? Doubt(SearchRequest search, Verdict verdict);

    /// <summary>The entry of a recipient that a directory was searched for; null when the filter does not match it.</summary>
    /// <param name="filter">The search's, as it is to be evaluated.</param>
    /// <param name="extra">Values for the filter only.</param>
    EncodedEntry? Listed(SearchRequest search, LdapFilter filter, Verdict verdict, AttributeDictionary extra);

    /// <summary>An attribute of the filter of which these directories' entries may not tell; null when there is none.</summary>
    string? Unknown(LdapFilter filter, ImmutableArray<string> directories, ImmutableArray<string> extra);

    /// <summary>A matching rule of the filter that is not evaluated here and that directories can't be left to decide about; null when there is none.</summary>
    string? UnknownRule(LdapFilter filter);

    /// <summary>The filter as it is evaluated for entries that directories were searched for.</summary>
    LdapFilter ToEvaluate(LdapFilter filter);

    /// <summary>Attributes of the filter that directories may decide about by themselves.</summary>
    ImmutableArray<string> Decidable(LdapFilter filter);
}
