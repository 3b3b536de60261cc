using System.Collections.Immutable;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Endpoints.Tests.Ldap.Users;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Enumerating;

public sealed class EnumerationTests
{
    private const string Everybody = "(objectClass=*)";

    [Fact]
    public async Task All_directories_are_one_list()
    {
        var client = With(new FakeSearch("contoso").With("anna@corp.example"), new FakeSearch("fabrikam").With("zoe@corp.example")).Connect();

        var (entries, result) = await client.SearchAsync(Everybody);

        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Equal(["cn=anna@corp.example,o=lookupproxy", "cn=zoe@corp.example,o=lookupproxy"], Names(entries));
    }

    [Fact]
    public async Task It_is_off_unless_told()
    {
        var search = new FakeSearch("contoso").With("anna@corp.example");
        var fixture = With(options => options with { Search = null }, search);

        Assert.Equal(ResultCode.UnwillingToPerform, (await fixture.Connect().SearchAsync(Everybody)).Result.Code);
        Assert.Empty(search.Questions);
    }

    [Fact]
    public async Task An_address_is_told_once_also_when_two_directories_have_it()
    {
        var client = With(
            new FakeSearch("contoso").With("anna@corp.example").With("ANNA@corp.example"),
            new FakeSearch("fabrikam").With("Anna@corp.example")).Connect();

        Assert.Single((await client.SearchAsync(Everybody)).Entries);
    }

    [Fact]
    public async Task No_address_is_lost_when_another_of_the_recipient_was_told_already()
    {
        var fixture = With(
            new FakeSearch("contoso").With("anna@corp.example", "one@corp.example").With("anna@corp.example", "two@corp.example"));

        var (entries, _) = await fixture.Connect().SearchAsync(Everybody, "mail");

        Assert.Equal(["cn=anna@corp.example,o=lookupproxy", "cn=two@corp.example,o=lookupproxy"], Names(entries));
    }

    [Fact]
    public async Task Only_addresses_in_the_namespaces_domains_are_told_and_only_of_directories_that_share_them()
    {
        var client = With(
            new FakeSearch("contoso").With("anna@elsewhere.example").With("bea@elsewhere.example", "bea@corp.example").With("eve@other.example"),
            new FakeSearch("fabrikam").With("zoe@other.example")).Connect();

        Assert.Equal(["cn=bea@corp.example,o=lookupproxy", "cn=zoe@other.example,o=lookupproxy"], Names((await client.SearchAsync(Everybody)).Entries));
    }

    [Fact]
    public async Task Each_entry_tells_all_addresses_of_its_recipient_that_are_in_the_namespaces()
    {
        var client = With(new FakeSearch("contoso").With(["anna@corp.example", "a.s@corp.example", "anna@elsewhere.example"], [("mail", "anna@corp.example")])).Connect();

        var entry = Assert.Single((await client.SearchAsync(Everybody, "proxyAddresses", "mailLocalAddress")).Entries);

        Assert.Equal(["SMTP:anna@corp.example", "smtp:a.s@corp.example"], Values(entry, "proxyAddresses"));
        Assert.Equal(["anna@corp.example", "a.s@corp.example"], Values(entry, "mailLocalAddress"));
    }

    [Fact]
    public async Task Only_published_attributes_leave()
    {
        var search = new FakeSearch("contoso").With(["anna@corp.example"], [("title", "Head")], ("memberOf", "cn=staff"));

        var entry = Assert.Single((await With(search).Connect().SearchAsync("(memberOf=cn=staff)")).Entries);

        Assert.Contains(entry.Attributes, static attribute => attribute.Description == "title");
        Assert.DoesNotContain(entry.Attributes, static attribute => attribute.Description == "memberOf");
    }

    [Theory]
    [InlineData("(objectClass=user)", 2)]
    [InlineData("(&(objectClass=user)(mail=a*))", 1)]
    [InlineData("(memberOf=CN=Staff)", 1)]
    [InlineData("(!(memberOf=CN=Staff))", 1)]
    [InlineData("(objectClass=group)", 0)]
    public async Task The_filter_is_evaluated_against_the_entries_as_they_are_told(string filter, int count)
    {
        var client = With(new FakeSearch("contoso").With(["anna@corp.example"], [], ("memberOf", "cn=staff")).With("zoe@corp.example")).Connect();

        var (entries, result) = await client.SearchAsync(filter);

        Assert.Equal(count, entries.Length);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task Below_a_recipients_entry_there_is_nobody_else()
    {
        const string Name = "cn=anna@corp.example,o=lookupproxy";
        var search = new FakeSearch("contoso").With("anna@corp.example").With("bea@corp.example");
        var client = With(search).Connect();

        var (entries, result) = await client.SearchAsync(LdapClient.Search("(objectClass=*)", Name));
        var children = await client.SearchAsync(LdapClient.Search("(objectClass=*)", Name, SearchScope.SingleLevel));
        var other = await client.SearchAsync(LdapClient.Search("(mail=zoe@corp.example)", Name));

        Assert.Equal([Name], Names(entries));
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Empty(children.Entries);
        Assert.Equal(ResultCode.UnwillingToPerform, children.Result.Code);
        Assert.Empty(search.Questions);
        Assert.Equal(["cn=zoe@corp.example,o=lookupproxy"], Names(other.Entries));
    }

    [Theory]
    [InlineData("title;x=1)(memberOf")]
    [InlineData("mail;x)(objectClass=*")]
    [InlineData("mail;\n")]
    public async Task An_attribute_that_can_not_be_one_never_reaches_a_directory(string attribute)
    {
        var search = new FakeSearch("contoso").With("anna@corp.example");
        var filter = new LdapFilter.And([new LdapFilter.Equality("title", "Head"u8.ToArray()), new LdapFilter.Equality(attribute, "x"u8.ToArray())]);

        var (entries, result) = await With(search).Connect().SearchAsync(new SearchRequest("o=lookupproxy", SearchScope.WholeSubtree, filter));

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Empty(search.Questions);
    }

    [Fact]
    public async Task A_filter_about_what_nobody_knows_is_refused_with_the_attributes_name()
    {
        var (entries, result) = await With(new FakeSearch("contoso").With("anna@corp.example")).Connect().SearchAsync("(&(objectClass=user)(!(userPassword=x)))");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Contains("userPassword", result.DiagnosticMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_of_a_directory_is_that_directory_and_any_other_is_everybody()
    {
        var contoso = new FakeSearch("contoso") { Tree = "dc=contoso,dc=example" }.With("anna@corp.example");
        var fabrikam = new FakeSearch("fabrikam") { Tree = "dc=fabrikam,dc=example" }.With("zoe@corp.example");
        var client = With(contoso, fabrikam).Connect();

        Assert.Single((await client.SearchAsync(LdapClient.Search(Everybody, "ou=people,dc=contoso,dc=example"))).Entries);
        Assert.Equal("ou=people,dc=contoso,dc=example", Assert.Single(contoso.Questions).Base);
        Assert.Empty(fabrikam.Questions);
        foreach (var @base in new[] { "", "o=lookupproxy", "ou=people,o=lookupproxy", "dc=nobody" })
            Assert.Equal(2, (await client.SearchAsync(LdapClient.Search(Everybody, @base))).Entries.Length);
        Assert.All(contoso.Questions.Skip(1), static question => Assert.Null(question.Base));
    }

    [Theory]
    [InlineData(UnknownReason.Unreachable, ResultCode.Unavailable)]
    [InlineData(UnknownReason.ConnectionLost, ResultCode.Unavailable)]
    [InlineData(UnknownReason.Referral, ResultCode.Unavailable)]
    [InlineData(UnknownReason.NotReady, ResultCode.Unavailable)]
    [InlineData(UnknownReason.SizeLimit, ResultCode.AdminLimitExceeded)]
    public async Task A_list_that_is_not_whole_never_ends_in_success(UnknownReason reason, ResultCode code)
    {
        var fixture = With(
            new FakeSearch("contoso").With("anna@corp.example"),
            new FakeSearch("fabrikam") { Fails = new ListingException(reason, "it broke") }.With("zoe@corp.example"));

        var (entries, result) = await fixture.Connect().SearchAsync(Everybody);

        Assert.Equal(2, entries.Length);
        Assert.Equal(code, result.Code);
        Assert.DoesNotContain("fabrikam", result.DiagnosticMessage, StringComparison.Ordinal);
        Assert.Contains(fixture.Log.Lines, static line => line.Id == EventIds.LdapEnumerationPartial && line.Text.Contains("fabrikam", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_that_can_not_be_searched_makes_the_list_partial()
    {
        var fixture = With(new FakeSearch("contoso").With("anna@corp.example"));
        fixture.Searches.Remove("fabrikam");

        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().SearchAsync(Everybody)).Result.Code);
    }

    [Fact]
    public async Task A_directory_that_hangs_is_waited_for_so_long_and_then_the_list_is_partial()
    {
        var hanging = new FakeSearch("fabrikam") { Waits = new TaskCompletionSource() };
        var fixture = With(new FakeSearch("contoso").With("anna@corp.example"), hanging);
        var client = fixture.Connect();
        var id = client.Send(LdapClient.Search(Everybody));
        Assert.IsType<SearchResultEntry>((await client.ReceiveAsync()).Operation);
        var answer = client.ResultAsync(id);
        while (!answer.IsCompleted)
        {
            await Task.Yield();
            if (fixture.Time.NextDueIn is not null)
                fixture.Time.Advance(new PassThroughSearchOptions().Timeout);
        }

        var (entries, result) = await answer;

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
        await GoneAsync(hanging);
    }

    [Fact]
    public async Task The_clients_own_time_limit_ends_it()
    {
        var fixture = With(new FakeSearch("contoso") { Waits = new TaskCompletionSource() });
        var answer = fixture.Connect().SearchAsync(LdapClient.Search(Everybody) with { TimeLimit = 3 });
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);

        fixture.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(ResultCode.TimeLimitExceeded, (await answer).Result.Code);
    }

    [Fact]
    public async Task The_operators_bound_and_the_clients_end_it_with_a_code_each()
    {
        var fixture = With(options => options with { Search = options.Search! with { MaxEntries = 10 } }, new FakeSearch("contoso").WithMany(11, "user"));

        var (entries, result) = await fixture.Connect().SearchAsync(Everybody);
        Assert.Equal(10, entries.Length);
        Assert.Equal(ResultCode.AdminLimitExceeded, result.Code);

        (entries, result) = await fixture.Connect().SearchAsync(LdapClient.Search(Everybody) with { SizeLimit = 5 });
        Assert.Equal(5, entries.Length);
        Assert.Equal(ResultCode.SizeLimitExceeded, result.Code);
        await GoneAsync((FakeSearch)fixture.Searches["contoso"]);
    }

    [Fact]
    public async Task A_list_as_long_as_the_bound_is_whole()
    {
        var fixture = With(options => options with { Search = options.Search! with { MaxEntries = 10 } }, new FakeSearch("contoso").WithMany(10, "user"));

        Assert.Equal(ResultCode.Success, (await fixture.Connect().SearchAsync(LdapClient.Search(Everybody) with { SizeLimit = 10 })).Result.Code);
    }

    [Fact]
    public async Task A_long_list_is_told_whole_and_other_searches_between()
    {
        var client = With(new FakeSearch("contoso").WithMany(5000, "a"), new FakeSearch("fabrikam").WithMany(5000, "b")).Connect();

        var (entries, result) = await client.SearchAsync(Everybody, "mail");

        Assert.Equal(10_000, entries.Length);
        Assert.Equal(10_000, entries.Select(static entry => entry.ObjectName).Distinct().Count());
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_the_directories_up_and_not_our_memory()
    {
        var search = new FakeSearch("contoso").WithMany(20_000, "a");
        var client = With(search, new FakeSearch("fabrikam")).Connect(window: 4096);
        var id = client.Send(LdapClient.Search(Everybody));
        await Task.Run(async () =>
        {
            // Until nothing more is taken.
            for (var last = -1; last != search.Given || last == 0;)
            {
                last = search.Given;
                for (var i = 0; i < 1000; i++)
                    await Task.Yield();
            }
        }, TestContext.Current.CancellationToken);

        Assert.InRange(search.Given, 1, 2000);
        Assert.Equal(20_000, (await client.ResultAsync(id)).Entries.Length);
    }

    [Fact]
    public async Task No_more_are_told_at_a_time_than_is_allowed()
    {
        var fixture = With(options => options with { Search = options.Search! with { MaxConcurrent = 1 } }, new FakeSearch("contoso") { Waits = new TaskCompletionSource() });
        var first = fixture.Connect();
        first.Send(LdapClient.Search(Everybody));
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal(ResultCode.Busy, (await fixture.Connect().SearchAsync(Everybody)).Result.Code);

        first.Connection!.Reset();
        await GoneAsync((FakeSearch)fixture.Searches["contoso"]);
    }

    [Fact]
    public async Task What_is_abandoned_is_not_told_on()
    {
        var waits = new TaskCompletionSource();
        var search = new FakeSearch("contoso") { Waits = waits };
        var fixture = With(search);
        var client = fixture.Connect();
        var id = client.Send(LdapClient.Search(Everybody));
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        client.Send(new AbandonRequest(id));
        waits.SetResult();

        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
        await GoneAsync(search);
    }

    [Fact]
    public async Task End_users_do_not_enumerate()
    {
        var fixture = With(options => options with { UserBind = new UserBindOptions { ReadsAddresses = true } }, new FakeSearch("contoso").With("anna@corp.example"));
        fixture.Users["contoso"] = new FakeUsers(("anna@corp.example", "geheim"));
        var client = fixture.Connect();
        await client.BindAsync("anna@corp.example", "geheim");

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Everybody)).Result.Code);
    }

    [Fact]
    public async Task A_rule_can_forbid_it_and_leave_addresses()
    {
        var fixture = With(options => options with { Rules = [new LdapRule { Name = "addresses", Allow = true, Questions = LdapQuestions.Address }] }, new FakeSearch("contoso").With("anna@corp.example"));
        var client = fixture.Connect();

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Everybody)).Result.Code);
        Assert.Equal(ResultCode.Success, (await client.SearchAsync("(mail=anna@corp.example)")).Result.Code);
        Assert.Contains(fixture.Log.Lines, static line => line.Id == EventIds.LdapRefused);
    }

    [Fact]
    public async Task A_rule_for_one_namespace_shows_that_one_with_its_attributes()
    {
        var fixture = With(
            options => options with { Rules = [new LdapRule { Name = "other", Allow = true, Namespaces = ["other"], Attributes = ["mail"] }] },
            new FakeSearch("contoso").With("anna@corp.example"),
            new FakeSearch("fabrikam").With(["zoe@other.example"], [("title", "Head")]));

        var (entries, result) = await fixture.Connect().SearchAsync(Everybody);

        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Equal(["mail"], Assert.Single(entries).Attributes.Select(static attribute => attribute.Description));
        Assert.Empty(((FakeSearch)fixture.Searches["contoso"]).Questions);
    }

    [Fact]
    public async Task A_wildcard_in_an_address_is_a_list_only_for_a_client_that_pages()
    {
        var client = With(new FakeSearch("contoso").With("anna@corp.example").With("zoe@corp.example")).Connect();

        Assert.Equal(ResultCode.UnwillingToPerform, (await client.SearchAsync("(mail=*@corp.example)")).Result.Code);
        var (entries, result) = await client.SearchAsync(LdapClient.Search("(mail=*@corp.example)"), new LookupProxy.Ldap.Controls.PagedResults(10, default).ToControl());
        Assert.Equal(2, entries.Length);
        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Equal(ResultCode.UnwillingToPerform, (await client.SearchAsync(LdapClient.Search("(mail=a*@corp.example)"), new LookupProxy.Ldap.Controls.PagedResults(10, default).ToControl())).Result.Code);
    }

    private static string[] Names(ImmutableArray<SearchResultEntry> entries) => [.. entries.Select(static entry => entry.ObjectName).Order(StringComparer.Ordinal)];

    private static string[] Values(SearchResultEntry entry, string name) =>
        [.. entry.Attributes.Single(attribute => attribute.Description == name).Values.Select(static value => System.Text.Encoding.UTF8.GetString(value.Span))];

    private static async Task GoneAsync(FakeSearch search)
    {
        while (search.Open > 0)
            await Task.Yield();
    }

    private static LdapFixture With(params FakeSearch[] searches) => With(static options => options, searches);

    private static LdapFixture With(Func<LdapOptions, LdapOptions> change, params FakeSearch[] searches) => Lists.Fixture(change, searches);
}
