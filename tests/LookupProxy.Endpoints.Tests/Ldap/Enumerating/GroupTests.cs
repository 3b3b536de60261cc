using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Enumerating;

/// <summary>Filters that ask who is in a group.</summary>
public sealed class GroupTests
{
    [Theory]
    [InlineData("cn=sales@corp.example,o=lookupproxy")]
    [InlineData("CN=sales@corp.example, O=LookupProxy")]
    [InlineData(" cn = sales@corp.example ,o=lookupproxy")]
    public async Task A_group_may_be_named_as_a_search_here_named_it(string name)
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [], ("memberOf", "cn=Sales,ou=groups,dc=contoso"));
        var fixture = Lists.Fixture(static options => options, search);
        fixture.Resolver.Valid("sales@corp.example", new Recipient { Directory = "contoso", DistinguishedName = "cn=Sales,ou=groups,dc=contoso" });

        Assert.Single((await fixture.Connect().SearchAsync($"(memberOf={name})")).Entries);

        Assert.Contains("dc=contoso", Assert.Single(search.Questions).Filter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("distinguishedName")]
    [InlineData("entryDN")]
    public async Task An_entry_is_found_by_its_own_name(string attribute)
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], []).With(["zoe@corp.example"], []);
        var fixture = Lists.Fixture(static options => options, search);
        fixture.Resolver.Valid("anna@corp.example", new Recipient { Directory = "contoso", DistinguishedName = "cn=Anna,ou=people,dc=contoso" });

        var (entries, result) = await fixture.Connect().SearchAsync($"({attribute}=cn=anna@corp.example,o=lookupproxy)");

        Assert.Equal("cn=anna@corp.example,o=lookupproxy", Assert.Single(entries).ObjectName);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Theory]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=cn=sales@corp.example,o=lookupproxy)")]
    [InlineData("(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=cn=Sales,ou=groups,dc=contoso))")]
    [InlineData("(|(memberOf:1.2.840.113556.1.4.1941:=cn=Sales,ou=groups,dc=contoso)(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=contoso))")]
    public async Task Who_is_in_a_group_through_others_is_the_directorys_to_say(string filter)
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [], ("memberOf", "cn=inner"));
        var fixture = Lists.Fixture(static options => options, search);
        fixture.Resolver.Valid("sales@corp.example", new Recipient { Directory = "contoso", DistinguishedName = "cn=Sales,ou=groups,dc=contoso" });

        var (entries, result) = await fixture.Connect().SearchAsync(filter);

        Assert.Single(entries);
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Contains(":1.2.840.113556.1.4.1941:=cn=Sales,ou=groups,dc=contoso)", Assert.Single(search.Questions).Filter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(|(memberOf:1.2.840.113556.1.4.1941:=cn=staff)(mail=a*))")]
    [InlineData("(!(memberOf:1.2.840.113556.1.4.1941:=cn=staff))")]
    [InlineData("(&(objectClass=user)(mail:1.2.840.113556.1.4.1941:=cn=staff))")]
    [InlineData("(title:2.4.6.8.10:=Head)")]
    public async Task A_rule_that_nobody_evaluates_is_refused_and_not_answered_with_nobody(string filter)
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [("title", "Head")], ("memberOf", "cn=staff"));

        var (entries, result) = await Lists.Fixture(static options => options, search).Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Contains("matching rule", result.DiagnosticMessage, StringComparison.Ordinal);
        Assert.Empty(search.Questions);
    }

    [Fact]
    public async Task A_group_whose_name_in_its_directory_is_not_known_leaves_the_list_partial()
    {
        var fixture = Lists.Fixture(static options => options);
        // As a local copy tells it.
        fixture.Resolver.Valid("sales@corp.example", new Recipient { Directory = "contoso" });

        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().SearchAsync("(memberOf=cn=sales@corp.example,o=lookupproxy)")).Result.Code);
    }

    [Fact]
    public async Task A_group_that_is_a_contact_in_the_directory_that_answered_first_is_named_as_in_the_one_that_has_the_group()
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [], ("memberOf", "cn=Sales,ou=groups,dc=fabrikam"));
        var fixture = Lists.Fixture(static options => options, search);
        fixture.Resolver.Shared(
            "sales@corp.example",
            new Recipient { Directory = "contoso", Kind = RecipientKind.Contact, DistinguishedName = "cn=Sales,ou=contacts,dc=contoso" },
            new Answer.Exists(new Recipient { Directory = "fabrikam", Kind = RecipientKind.Group, DistinguishedName = "cn=Sales,ou=groups,dc=fabrikam" }));

        Assert.Single((await fixture.Connect().SearchAsync("(memberOf=cn=sales@corp.example,o=lookupproxy)")).Entries);
    }

    [Fact]
    public async Task While_the_directory_that_may_have_the_group_can_not_say_a_list_by_a_contact_is_partial()
    {
        var fixture = Lists.Fixture(static options => options);
        fixture.Resolver.Shared(
            "sales@corp.example",
            new Recipient { Directory = "contoso", Kind = RecipientKind.Contact, DistinguishedName = "cn=Sales,ou=contacts,dc=contoso" },
            new Answer.Unknown(UnknownReason.Unreachable, "away"));

        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().SearchAsync("(memberOf=cn=sales@corp.example,o=lookupproxy)")).Result.Code);
    }

    [Fact]
    public async Task Groups_are_looked_up_at_once()
    {
        var fixture = Lists.Fixture(static options => options);
        string[] groups = ["sales@corp.example", "staff@corp.example", "board@corp.example"];
        var held = groups.Select(fixture.Resolver.Hold).ToArray();
        var client = fixture.Connect();

        var id = client.Send(LdapClient.Search($"(|{string.Concat(groups.Select(static group => $"(memberOf=cn={group},o=lookupproxy)"))})"));

        Assert.Equal(groups, fixture.Resolver.Asked.Select(static asked => asked.Address.Text));
        foreach (var (verdict, asked) in held.Zip(fixture.Resolver.Asked.ToArray()))
            verdict.SetResult(new Verdict { Kind = VerdictKind.Invalid, Address = asked.Address });
        Assert.Equal(ResultCode.Success, (await client.ResultAsync(id)).Result.Code);
    }

    [Fact]
    public async Task A_group_that_can_not_be_looked_up_leaves_the_list_partial()
    {
        var fixture = Lists.Fixture(static options => options);
        fixture.Resolver.Unknown("sales@corp.example");

        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().SearchAsync("(memberOf=cn=sales@corp.example,o=lookupproxy)")).Result.Code);
    }
}
