using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>
/// Finds in a filter the addresses that it asks for. Each is then resolved, and the filter evaluated against the entry of each that is valid,
/// so that one address too many costs a look-up and nothing else.
/// </summary>
internal static class QuestionReader
{
    private const string WildcardReason = "a wildcard in an address is not answered; is the recipient escaped (RFC 4515)?";
    private const string SchemeReason = "smtp: before an address is for attributes such as proxyAddresses, not for one that holds plain addresses";
    private const string TooManyReason = "too many addresses in one filter";

    public static SearchReading Read(LdapFilter filter, QuestionOptions options)
    {
        var reader = new FilterWalk(options, readsLocalParts: false);
        var finding = reader.Walk(filter);
        // A local part is completed only where the filter has no whole address: beside bob@a.example, uid=bob means him and nobody in the default domain.
        if (finding is Finding.Other or Finding.Bare && options.DefaultDomain is not null)
        {
            reader = new FilterWalk(options, readsLocalParts: true);
            finding = reader.Walk(filter);
        }

        return finding switch
        {
            Finding.Address when reader.Found.Count > options.MaxAddresses => new SearchReading(SearchSubject.Refused, [], TooManyReason),
            Finding.Address => new SearchReading(SearchSubject.Addresses, reader.Found.ToImmutable()),
            Finding.Domain => new SearchReading(SearchSubject.Domain, [], WildcardReason),
            Finding.Wildcard => new SearchReading(SearchSubject.Refused, [], WildcardReason),
            Finding.Scheme => new SearchReading(SearchSubject.Refused, [], SchemeReason),
            Finding.Other => new SearchReading(SearchSubject.Other, []),
            _ => new SearchReading(SearchSubject.Nothing, []),
        };
    }
}
