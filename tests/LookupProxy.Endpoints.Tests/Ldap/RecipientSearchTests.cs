using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>Questions and entries through the server.</summary>
public sealed class RecipientSearchTests
{
    private readonly LdapFixture _fixture = new();

    [Fact]
    public async Task One_recipient_is_one_entry_wherever_its_addresses_stand_in_the_filter()
    {
        var recipient = new Recipient { Directory = "contoso", PrimaryAddress = "anna@corp.example" };
        _fixture.Resolver.Valid("anna@corp.example", recipient).Valid("a.schmidt@corp.example", recipient);

        var (entries, result) = await _fixture.Connect().SearchAsync(
            LdapClient.Search("(|(mail=zoe@corp.example)(mail=a.schmidt@corp.example)(mail=anna@corp.example)(mail=ZOE@corp.example))") with { SizeLimit = 2 });

        Assert.Equal(["cn=zoe@corp.example,o=lookupproxy", "cn=anna@corp.example,o=lookupproxy"], entries.Select(static entry => entry.ObjectName));
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task An_entry_that_the_filter_excludes_is_not_sent()
    {
        _fixture.Resolver.Valid("left@corp.example", new Recipient { Directory = "contoso", Disabled = true });

        var (entries, result) = await _fixture.Connect().SearchAsync("(&(mail=left@corp.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task A_valid_recipient_of_whom_the_filter_asks_what_nobody_knows_is_refused_with_the_attributes_name_and_never_nobody()
    {
        var client = _fixture.Connect();

        var (entries, result) = await client.SearchAsync("(&(mail=anna@corp.example)(customFlag=TRUE))");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Contains("customFlag", result.DiagnosticMessage);
        Assert.Single((await client.SearchAsync("(|(mail=anna@corp.example)(customFlag=TRUE))")).Entries);
        Assert.Equal(ResultCode.Success, (await client.SearchAsync("(&(mail=anna@corp.example)(customFlag=TRUE)(objectClass=group))")).Result.Code);
        Assert.Equal(ResultCode.Success, (await client.SearchAsync("(&(mail=nobody@corp.example)(customFlag=TRUE))")).Result.Code);
        Assert.Contains("customFlag", Assert.Single(_fixture.Log.Loud));
    }

    [Fact]
    public async Task An_entry_with_nothing_that_was_asked_for_is_told_to_the_operator()
    {
        var client = _fixture.Connect();
        foreach (var asked in new[] { [], new[] { "1.1" }, ["dn"], ["sAMAccountName", "mail"] })
            Assert.Single((await client.SearchAsync("(mail=anna@corp.example)", asked)).Entries);
        Assert.Empty(_fixture.Log.Loud);

        var (entries, result) = await client.SearchAsync("(mail=anna@corp.example)", "dn", "sAMAccountName", "\u001b");

        Assert.Empty(Assert.Single(entries).Attributes);
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Contains("(dn, sAMAccountName, ?)", Assert.Single(_fixture.Log.Loud));
    }

    [Fact]
    public async Task What_a_client_calls_an_attribute_does_not_command_the_terminal_that_the_log_is_read_on()
    {
        var filter = new LdapFilter.And([new LdapFilter.Equality("mail", "anna@corp.example"u8.ToArray()), new LdapFilter.Present("flag\n\u001b[2J\u202e")]);

        var (_, result) = await _fixture.Connect().SearchAsync(new SearchRequest("o=lookupproxy", SearchScope.WholeSubtree, filter));

        Assert.Contains("attribute flag??[2J?, which", result.DiagnosticMessage);
        Assert.Contains("attribute flag??[2J?, which", Assert.Single(_fixture.Log.Loud));
    }

    [Theory]
    [InlineData("(&(objectClass=group)(mail=unseen@corp.example))")]
    [InlineData("(&(objectCategory=person)(objectClass=contact)(targetAddress=SMTP:unseen@corp.example))")]
    [InlineData("(&(mail=unseen@corp.example)(userAccountControl:1.2.840.113556.1.4.803:=2))")]
    public async Task What_one_is_that_is_accepted_unseen_nobody_knows(string filter)
    {
        _fixture.Resolver.Unknown("unseen@corp.example", WhenUnknown.Accept);

        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
    }

    [Fact]
    public async Task One_that_is_accepted_unseen_and_that_the_filter_asks_more_of_is_to_be_asked_for_again()
    {
        _fixture.Resolver.Unknown("unseen@corp.example", WhenUnknown.Accept);

        var (entries, result) = await _fixture.Connect().SearchAsync("(&(mail=unseen@corp.example)(customFlag=TRUE))");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
    }

    [Theory]
    [InlineData("(mail=@corp.example)")]
    [InlineData("(mail=an na)")]
    public async Task What_is_no_address_is_success_without_entry_and_without_lookup(string filter)
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Empty(_fixture.Resolver.Asked);
    }

    /// <summary>A gateway whose searches are all refused defers all mail: its operator looks into this log.</summary>
    [Theory]
    [InlineData("(mail=an*@corp.example)", "wildcard")]
    [InlineData("(mail=*)", "passThrough")]
    [InlineData("(memberOf=cn=all,dc=contoso,dc=example)", "passThrough")]
    [InlineData("(uid=anna)", "defaultDomain")]
    public async Task Wildcards_and_what_asks_for_no_address_are_refused_without_lookup_and_logged(string filter, string why)
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Empty(_fixture.Resolver.Asked);
        Assert.Contains(why, Assert.Single(_fixture.Log.Loud));
    }
}
