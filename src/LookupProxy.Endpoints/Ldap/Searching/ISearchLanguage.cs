using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>Understands a search and words its entries. Does no I/O.</summary>
internal interface ISearchLanguage
{
    SearchReading Read(LdapFilter filter);

    /// <summary>The encoded SearchResultEntry of a verdict that accepts its address; null when the filter does not match that entry.</summary>
    byte[]? Entry(SearchRequest search, Verdict verdict);
}
