using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Tests.Ldap.Entries;
using LookupProxy.Endpoints.Tests.Ldap.Enumerating;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>RFC 4512 2.5: an attribute is the same by each of its names and by its number.</summary>
public sealed class SynonymTests
{
    private readonly LdapFixture _fixture = Fixture("sn", "facsimileTelephoneNumber", "memberOf");

    public SynonymTests() => _fixture.Resolver.Valid(
        "anna@corp.example",
        Recipients.With(
            new Recipient { Directory = "contoso", PrimaryAddress = "anna@corp.example" },
            ("sn", ["Schmidt"]), ("facsimileTelephoneNumber", ["+49 89 1"]), ("memberOf", ["cn=mail,dc=contoso,dc=example"])));

    [Theory]
    [InlineData("(rfc822Mailbox=anna@corp.example)")]
    [InlineData("(0.9.2342.19200300.100.1.3=anna@corp.example)")]
    [InlineData("(1.2.840.113556.1.2.210=smtp:anna@corp.example)")]
    [InlineData("(USERID=anna)")]
    [InlineData("(|(commonName=anna)(2.5.4.3=anna))")]
    [InlineData("(1.2.840.113556.1.4.221=anna)")]
    [InlineData("(&(2.5.4.0=user)(mail=anna@corp.example)(surname=schmidt))")]
    [InlineData("(&(mail=anna@corp.example)(2.5.4.4=*)(!(surname=smith)))")]
    [InlineData("(&(mail=anna@corp.example)(fax=+49*)(fax>=+49)(fax<=+50)(fax~=+49 89 1))")]
    [InlineData("(&(mail=anna@corp.example)(1.2.840.113556.1.2.102=CN=Mail,DC=contoso,DC=example))")]
    [InlineData("(&(mail=anna@corp.example)(1.2.840.113556.1.4.8:1.2.840.113556.1.4.803:=512))")]
    [InlineData("(&(mail=anna@corp.example)(organizationName:dn:=lookupproxy))")]
    public async Task A_filter_may_name_an_attribute_in_any_way(string filter)
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Equal("Success ", $"{result.Code} {result.DiagnosticMessage}");
        Assert.Equal("cn=anna@corp.example,o=lookupproxy", Assert.Single(entries).ObjectName);
    }

    [Theory]
    [InlineData("(2.5.4.31=anna@corp.example)")]
    [InlineData("(0.9.2342.19200300.100.1.10=anna@corp.example)")]
    public async Task Who_is_asked_for_as_somebody_elses_member_or_report_is_not_the_recipient(string filter) =>
        Assert.Equal(ResultCode.UnwillingToPerform, (await _fixture.Connect().SearchAsync(filter)).Result.Code);

    /// <summary>Postfix takes an entry without its result_attribute, under that very name, for nobody.</summary>
    [Fact]
    public async Task An_attribute_comes_under_the_name_that_it_was_asked_for()
    {
        var client = _fixture.Connect();

        foreach (var name in new[] { "rfc822Mailbox", "surname", "fax", "mail" })
            Assert.Equal(name, Assert.Single(Assert.Single((await client.SearchAsync("(mail=anna@corp.example)", name)).Entries).Attributes).Description);
        Assert.Equal(["mail", "sn"], Assert.Single((await client.SearchAsync("(mail=anna@corp.example)", "0.9.2342.19200300.100.1.3", "2.5.4.4")).Entries).Attributes.Select(static attribute => attribute.Description));
    }

    [Fact]
    public async Task A_name_that_a_directory_gives_to_an_attribute_of_its_own_stands_for_no_other()
    {
        var fixture = Fixture("sn", "surname");
        fixture.Resolver.Valid("anna@corp.example", Recipients.With(new Recipient { Directory = "contoso" }, ("surname", ["Smith"])));
        var client = fixture.Connect();

        Assert.Single((await client.SearchAsync("(&(mail=anna@corp.example)(surname=Smith)(!(sn=Smith)))")).Entries);
        Assert.Equal("Smith", Encoding.UTF8.GetString(Assert.Single(Assert.Single((await client.SearchAsync("(mail=anna@corp.example)", "surname", "sn")).Entries).Attributes).Values[0].Span));
    }

    [Fact]
    public async Task What_may_leave_may_under_all_its_names()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { Anonymous = true, Entries = new EntryOptions { Allowed = ["rfc822Mailbox"] } } };

        Assert.Equal(["mail"], Assert.Single((await fixture.Connect().SearchAsync("(mail=anna@corp.example)", "mail", "cn")).Entries).Attributes.Select(static attribute => attribute.Description));
    }

    [Fact]
    public async Task Directories_are_asked_for_lists_by_the_usual_names()
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [("title", "Boss")]);
        var fixture = Lists.Fixture(static options => options, search);

        var (entries, result) = await fixture.Connect().SearchAsync("(&(objectClass=user)(2.5.4.12=Boss))");

        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Single(entries);
        Assert.Contains("(title=Boss)", search.Questions.Single().Filter);
    }

    [Fact]
    public async Task The_servers_own_entries_know_them_too()
    {
        var (entries, _) = await _fixture.Connect().SearchAsync(LdapClient.Search("(2.5.4.0=*)", "", SearchScope.BaseObject, "2.5.4.0"));

        Assert.Equal("objectClass", Assert.Single(Assert.Single(entries).Attributes).Description);
    }

    private static LdapFixture Fixture(params string[] published) => new()
    {
        Options = new LdapOptions
        {
            Anonymous = true,
            DefaultDomain = "corp.example",
            Entries = new EntryOptions
            {
                Published = new Dictionary<string, ImmutableArray<string>> { ["contoso"] = [.. published] }.ToFrozenDictionary(StringComparer.Ordinal),
            },
        },
    };
}
