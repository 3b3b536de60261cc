using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Benchmarks.Ldap;

/// <summary>What the LDAP endpoint adds to one look-up besides the codec: understanding the filter, and wording the entry.</summary>
[MemoryDiagnoser]
public class LdapSearchBenchmarks
{
    private readonly RecipientLanguage _language = new(new LdapOptions());
    private readonly Verdict _verdict;
    private SearchRequest _search = new("", SearchScope.WholeSubtree, new LdapFilter.Undefined(0));

    public LdapSearchBenchmarks()
    {
        _search = Search("(mail=anna.mueller@corp.example)", []);
        _verdict = new Verdict
        {
            Kind = VerdictKind.Valid,
            Address = _language.Read(_search.Filter).Addresses[0],
            Recipient = new Recipient
            {
                Directory = "contoso",
                PrimaryAddress = "Anna.Mueller@corp.example",
                Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>>
                {
                    ["mail"] = ["Anna.Mueller@corp.example"],
                    ["proxyAddresses"] = ["SMTP:Anna.Mueller@corp.example", "smtp:a.mueller@corp.example"],
                }),
            },
        };
    }

    [Params(
        "(mail=anna.mueller@corp.example)",
        "(|(mail=anna.mueller@corp.example)(proxyAddresses=smtp:anna.mueller@corp.example))",
        "(&(objectClass=user)(|(proxyAddresses=smtp:anna.mueller@corp.example)(mail=anna.mueller@corp.example))(!(userAccountControl:1.2.840.113556.1.4.803:=2)))")]
    public string Filter { get; set; } = "";

    [Params("mail", "*")]
    public string Asked { get; set; } = "";

    [GlobalSetup]
    public void Parse() => _search = Search(Filter, [Asked]);

    [Benchmark]
    public int ReadQuestion() => _language.Read(_search.Filter).Addresses.Length;

    [Benchmark]
    public int WordEntry() => _language.Entry(_search, _verdict)!.Operation.Length;

    private static SearchRequest Search(string text, ImmutableArray<string> attributes)
    {
        _ = FilterText.TryParse(text, out var filter, out _);
        return new SearchRequest("o=lookupproxy", SearchScope.WholeSubtree, filter!) { Attributes = attributes };
    }
}
