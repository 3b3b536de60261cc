using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Endpoints.Tests.Ldap.Enumerating;
using LookupProxy.Endpoints.Tests.Ldap.Users;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>A namespace in which Anna and anna are two people, beside one in which they are one.</summary>
public sealed class CaseTests
{
    private readonly LdapFixture _fixture = new()
    {
        Options = new LdapOptions { Anonymous = true, Search = new PassThroughSearchOptions(), UserBind = new UserBindOptions() },
        Namespaces = new NamespaceMap(
            [new NamespaceOutline("strict", ["strict.example"], ["contoso"]) { CaseSensitive = true }, new NamespaceOutline("usual", ["corp.example"], ["contoso"])],
            ImmutableDictionary<string, ImmutableArray<string>>.Empty,
            "default"),
    };

    [Fact]
    public async Task The_name_of_an_entry_keeps_its_case_so_that_it_reads_the_same_recipient_again()
    {
        Say("Anna@strict.example", "strict");
        _fixture.Resolver.Invalid("anna@strict.example");
        var client = _fixture.Connect();

        var found = Assert.Single((await client.SearchAsync("(mail=Anna@strict.example)")).Entries);

        Assert.Equal("cn=Anna@strict.example,o=lookupproxy", found.ObjectName);
        Assert.Single((await client.SearchAsync(LdapClient.Search("(objectClass=*)", found.ObjectName, SearchScope.BaseObject))).Entries);
    }

    [Fact]
    public async Task The_name_is_the_primary_address_as_its_directory_wrote_it()
    {
        Say("alias@strict.example", "strict", "Anna.S@STRICT.example");

        Assert.Equal("cn=Anna.S@strict.example,o=lookupproxy", Assert.Single((await _fixture.Connect().SearchAsync("(mail=alias@strict.example)")).Entries).ObjectName);
    }

    [Theory]
    [InlineData("Anna@strict.example", "anna@strict.example", 2)]
    [InlineData("Anna@corp.example", "anna@corp.example", 1)]
    public async Task Whoever_differs_by_case_is_another_one_where_case_counts(string one, string other, int expected)
    {
        var ns = expected == 2 ? "strict" : "usual";
        Say(one, ns);
        Say(other, ns);
        var fixture = _fixture;
        fixture.Searches["contoso"] = new FakeSearch("contoso").With(one).With(other);
        var client = fixture.Connect();

        Assert.Equal(expected, (await client.SearchAsync($"(|(mail={one})(mail={other}))")).Entries.Length);
        Assert.Equal(expected, (await client.SearchAsync("(objectClass=*)")).Entries.Length);
    }

    [Fact]
    public async Task The_second_of_two_spellings_is_found_where_the_first_one_is_nobody()
    {
        _fixture.Resolver.Invalid("Anna@strict.example");
        Say("anna@strict.example", "strict");

        Assert.Single((await _fixture.Connect().SearchAsync("(|(mail=Anna@strict.example)(proxyAddresses=smtp:anna@strict.example))")).Entries);
    }

    [Fact]
    public async Task An_end_users_own_name_keeps_its_case()
    {
        var users = new FakeUsers(("Anna@strict.example", "geheim"));
        _fixture.Users["contoso"] = users;
        Say("Anna@strict.example", "strict");
        var client = _fixture.Connect();

        Assert.Equal(ResultCode.Success, (await client.BindAsync("cn=Anna@strict.example,o=lookupproxy", "geheim")).Code);
        client.Send(new ExtendedRequest(LookupProxy.Ldap.Oids.WhoAmI));

        Assert.Equal("dn:cn=Anna@strict.example,o=lookupproxy"u8.ToArray(), Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Value!.Value.ToArray());
    }

    private void Say(string address, string ns, string? primary = null) => _fixture.Resolver.Say(
        address,
        request => new Verdict { Kind = VerdictKind.Valid, Address = request.Address, DecidedAs = request.Address, Namespace = ns, Recipient = new Recipient { Directory = "contoso", PrimaryAddress = primary ?? address } });
}
