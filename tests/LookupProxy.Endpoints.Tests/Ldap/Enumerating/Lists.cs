using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Enumerating;

namespace LookupProxy.Endpoints.Tests.Ldap.Enumerating;

/// <summary>Two namespaces, corp.example of two directories and other.example of the second one, with pass-through search.</summary>
internal static class Lists
{
    public static LdapFixture Fixture(Func<LdapOptions, LdapOptions> change, params FakeSearch[] searches)
    {
        var options = new LdapOptions
        {
            Anonymous = true,
            Accounts = [LdapFixture.Gateway()],
            Search = new PassThroughSearchOptions(),
            Entries = new EntryOptions
            {
                Published = new Dictionary<string, ImmutableArray<string>> { ["contoso"] = ["mail", "title"], ["fabrikam"] = ["mail", "title"] }.ToFrozenDictionary(StringComparer.Ordinal),
            },
        };
        var fixture = new LdapFixture
        {
            Options = change(options),
            Namespaces = new NamespaceMap(
                [new NamespaceOutline("shared", ["corp.example"], ["contoso", "fabrikam"]), new NamespaceOutline("other", ["other.example"], ["fabrikam"])],
                ImmutableDictionary<string, ImmutableArray<string>>.Empty,
                "default"),
        };
        fixture.Searches["contoso"] = searches.Length > 0 ? searches[0] : new FakeSearch("contoso");
        fixture.Searches["fabrikam"] = searches.Length > 1 ? searches[1] : new FakeSearch("fabrikam");
        return fixture;
    }
}
