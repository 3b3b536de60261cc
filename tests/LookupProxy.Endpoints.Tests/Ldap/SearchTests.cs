using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class SearchTests
{
    private readonly LdapFixture _fixture = new();

    [Fact]
    public async Task A_valid_recipient_is_one_entry_and_success()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync("(mail=anna@corp.example)");

        Assert.Single(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Theory]
    [InlineData("nobody@corp.example")]
    [InlineData("anna@elsewhere.example")]
    public async Task An_invalid_recipient_and_another_domain_are_success_without_entry(string address)
    {
        var (entries, result) = await _fixture.Connect().SearchAsync($"(mail={address})");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task Not_known_is_unavailable_with_a_text()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync("(mail=dark@corp.example)");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
        Assert.NotEmpty(result.DiagnosticMessage);
    }

    [Fact]
    public async Task Overload_is_busy()
    {
        _fixture.Resolver.Unknown("many@corp.example", reason: UnknownReason.Overloaded);

        Assert.Equal(ResultCode.Busy, (await _fixture.Connect().SearchAsync("(mail=many@corp.example)")).Result.Code);
    }

    [Fact]
    public async Task Not_known_is_an_entry_where_the_operator_accepts_it()
    {
        _fixture.Resolver.Unknown("perhaps@corp.example", WhenUnknown.Accept);

        var (entries, result) = await _fixture.Connect().SearchAsync("(mail=perhaps@corp.example)");

        Assert.Single(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task An_entry_and_something_not_known_never_end_in_success()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync("(|(mail=anna@corp.example)(mail=dark@corp.example))");

        Assert.Single(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
    }

    [Fact]
    public async Task A_fault_of_ours_is_no_absence()
    {
        _fixture.Resolver.Say("throws@corp.example", static _ => throw new InvalidOperationException("boom"));
        _fixture.Resolver.SayLater("throws.later@corp.example", static _ => new ValueTask<Verdict>(Task.FromException<Verdict>(new InvalidOperationException("boom"))));
        var client = _fixture.Connect();

        Assert.Equal(ResultCode.Other, (await client.SearchAsync("(mail=throws@corp.example)")).Result.Code);
        Assert.Equal(ResultCode.Other, (await client.SearchAsync("(mail=throws.later@corp.example)")).Result.Code);
        Assert.Equal(2, _fixture.Log.Lines.Count(static line => line.Id == EventIds.LdapSearchThrew));
    }

    [Fact]
    public async Task What_is_not_about_an_address_is_refused_and_never_success()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync("(objectClass=*)");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
        Assert.Empty(_fixture.Resolver.Asked);
    }

    [Fact]
    public async Task A_known_answer_does_not_wait_behind_one_that_is_looked_up()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        var slow = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        var quick = client.Send(LdapClient.Search("(mail=anna@corp.example)"));

        Assert.Single((await client.ResultAsync(quick)).Entries);
        held.SetResult(Valid());

        Assert.Single((await client.ResultAsync(slow)).Entries);
    }

    [Fact]
    public async Task Searches_sent_in_one_go_are_all_answered()
    {
        var client = _fixture.Connect();
        var messages = Enumerable.Range(1, 5000).Select(static id => new LdapMessage(id, LdapClient.Search("(mail=nobody@corp.example)"))).ToArray();
        var sent = Task.Run(() => client.SendBytes(LdapClient.Encode(messages)));

        for (var id = 1; id <= messages.Length; id++)
            Assert.Equal(id, (await client.ReceiveAsync()).MessageId);
        await sent;
    }

    [Fact]
    public async Task An_abandoned_search_is_not_answered()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        var slow = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        client.Send(new AbandonRequest(slow));
        var other = client.Send(LdapClient.Search("(mail=anna@corp.example)"));
        await client.ResultAsync(other);

        held.SetResult(Valid());

        // A bind waits for all that is outstanding, so an answer to the search would come before this one's.
        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    [Fact]
    public async Task The_clients_time_limit_ends_a_search_that_takes_longer()
    {
        _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        var id = client.Send(LdapClient.Search("(mail=slow@corp.example)") with { TimeLimit = 2 });

        _fixture.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ResultCode.TimeLimitExceeded, (await client.ResultAsync(id)).Result.Code);
    }

    [Theory]
    [InlineData(4_294_968)]
    [InlineData(int.MaxValue)]
    public async Task A_time_limit_that_no_timer_can_be_set_for_ends_nothing(int seconds)
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        var id = client.Send(LdapClient.Search("(mail=slow@corp.example)") with { TimeLimit = seconds });
        client.Send(new ExtendedRequest(LookupProxy.Ldap.Oids.WhoAmI));
        Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation);

        held.SetResult(Valid());

        Assert.Equal(ResultCode.Success, (await client.ResultAsync(id)).Result.Code);
    }

    [Fact]
    public async Task More_outstanding_searches_than_are_allowed_are_busy()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { Anonymous = true, MaxOutstanding = 2 } };
        fixture.Resolver.Hold("slow@corp.example");
        var client = fixture.Connect();
        client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        client.Send(LdapClient.Search("(mail=slow@corp.example)"));

        Assert.Equal(ResultCode.Busy, (await client.SearchAsync("(mail=slow@corp.example)")).Result.Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task A_size_limit_below_the_entries_is_said()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(LdapClient.Search("(|(mail=anna@corp.example)(mail=zoe@corp.example))") with { SizeLimit = 1 });

        Assert.Single(entries);
        Assert.Equal(ResultCode.SizeLimitExceeded, result.Code);
    }

    [Fact]
    public async Task A_size_limit_of_one_fits_one_recipient()
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(
            LdapClient.Search("(|(mail=anna@corp.example)(proxyAddresses=smtp:anna@corp.example))") with { SizeLimit = 1 });

        Assert.Single(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Theory]
    [InlineData("dc=contoso,dc=example")]
    [InlineData("")]
    [InlineData("not a name")]
    public async Task Any_base_will_do(string @base)
    {
        Assert.Single((await _fixture.Connect().SearchAsync(LdapClient.Search("(mail=anna@corp.example)", @base))).Entries);
    }

    [Fact]
    public async Task An_entrys_own_name_reads_it_again()
    {
        var client = _fixture.Connect();
        var found = Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);

        var again = Assert.Single((await client.SearchAsync(LdapClient.Search("(objectClass=*)", found.ObjectName, SearchScope.BaseObject))).Entries);

        Assert.Equal(found.ObjectName, again.ObjectName);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public async Task A_scope_that_there_is_not_is_a_protocol_error_and_no_answer_about_the_recipient(int scope)
    {
        var (entries, result) = await _fixture.Connect().SearchAsync(LdapClient.Search("(mail=anna@corp.example)", scope: (SearchScope)scope));

        Assert.Empty(entries);
        Assert.Equal(ResultCode.ProtocolError, result.Code);
        Assert.Empty(_fixture.Resolver.Asked);
    }

    /// <summary>OpenLDAP's "children": an entry is not below itself.</summary>
    [Fact]
    public async Task What_is_below_the_base_only_is_searched_like_the_rest_but_not_below_a_recipient()
    {
        var client = _fixture.Connect();

        Assert.Single((await client.SearchAsync(LdapClient.Search("(mail=anna@corp.example)", scope: SearchScope.Subordinates))).Entries);
        Assert.Equal(
            ResultCode.UnwillingToPerform,
            (await client.SearchAsync(LdapClient.Search("(objectClass=*)", "cn=anna@corp.example,o=lookupproxy", SearchScope.Subordinates))).Result.Code);
    }

    /// <summary>RFC 4511 4.5.1.1 and appendix A.1: only what is known not to be there is said not to be, and of what is there the filter alone decides.</summary>
    [Theory]
    [InlineData("nobody@corp.example", "(objectClass=*)", ResultCode.NoSuchObject)]
    [InlineData("anna@elsewhere.example", "(objectClass=*)", ResultCode.NoSuchObject)]
    [InlineData("anna@corp.example", "(objectClass=group)", ResultCode.Success)]
    [InlineData("dark@corp.example", "(objectClass=*)", ResultCode.Unavailable)]
    public async Task An_entrys_name_that_nobody_has_is_no_such_object(string address, string filter, ResultCode expected)
    {
        var client = _fixture.Connect();
        foreach (var scope in new[] { SearchScope.BaseObject, SearchScope.WholeSubtree, SearchScope.WholeSubtree })
        {
            var (entries, result) = await client.SearchAsync(LdapClient.Search(filter, $"cn={address},o=lookupproxy", scope));

            Assert.Empty(entries);
            Assert.Equal(expected, result.Code);
            Assert.Equal(expected == ResultCode.NoSuchObject ? "o=lookupproxy" : "", result.MatchedDn);
        }
    }

    [Fact]
    public async Task A_name_that_has_to_be_looked_up_is_no_such_object_too_and_below_it_a_recipient_asked_for_by_address_is_only_absent()
    {
        var client = _fixture.Connect();
        var held = _fixture.Resolver.Hold("late@corp.example");
        var late = client.Send(LdapClient.Search("(objectClass=*)", "cn=late@corp.example,o=lookupproxy", SearchScope.BaseObject));
        held.SetResult(new Verdict { Kind = VerdictKind.Invalid, Address = Mail.Of("late@corp.example") });

        Assert.Equal(ResultCode.NoSuchObject, (await client.ResultAsync(late)).Result.Code);
        Assert.Equal(ResultCode.Success, (await client.SearchAsync(LdapClient.Search("(mail=nobody@corp.example)", "cn=nobody@corp.example,o=lookupproxy"))).Result.Code);
    }

    [Fact]
    public async Task Two_addresses_of_one_recipient_are_one_entry()
    {
        var recipient = new Recipient { Directory = "contoso", PrimaryAddress = "anna@corp.example" };
        _fixture.Resolver.Valid("anna@corp.example", recipient).Valid("a.smith@corp.example", recipient);

        var (entries, result) = await _fixture.Connect().SearchAsync("(|(mail=anna@corp.example)(mail=a.smith@corp.example))");

        Assert.Single(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task A_base_search_for_a_recipient_at_the_root_does_not_find_the_root()
    {
        var client = _fixture.Connect();

        Assert.Empty((await client.SearchAsync(LdapClient.Search("(mail=nobody@corp.example)", "", SearchScope.BaseObject))).Entries);
        Assert.NotEmpty(Assert.Single((await client.SearchAsync(LdapClient.Search("(mail=anna@corp.example)", "", SearchScope.BaseObject))).Entries).ObjectName);
    }

    [Fact]
    public async Task A_page_is_the_last_page()
    {
        var client = _fixture.Connect();
        client.Send(LdapClient.Search("(mail=anna@corp.example)"), new PagedResults(100, ReadOnlyMemory<byte>.Empty).ToControl());

        Assert.IsType<SearchResultEntry>((await client.ReceiveAsync()).Operation);
        var done = await client.ReceiveAsync();

        Assert.True(PagedResults.TryRead(done.Controls.Find(Oids.PagedResults), out var paged));
        Assert.True(paged.Cookie.IsEmpty);
    }

    [Fact]
    public async Task A_cookie_that_was_never_given_is_refused()
    {
        var (_, result) = await _fixture.Connect().SearchAsync(LdapClient.Search("(mail=anna@corp.example)"), new PagedResults(100, "x"u8.ToArray()).ToControl());

        Assert.Equal(ResultCode.UnwillingToPerform, result.Code);
    }

    [Fact]
    public async Task An_unknown_control_is_ignored_unless_it_is_critical()
    {
        var client = _fixture.Connect();

        Assert.Single((await client.SearchAsync(LdapClient.Search("(mail=anna@corp.example)"), new LdapControl("1.2.3", Critical: false))).Entries);
        var (entries, result) = await client.SearchAsync(LdapClient.Search("(mail=anna@corp.example)"), new LdapControl("1.2.3", Critical: true));
        Assert.Empty(entries);
        Assert.Equal(ResultCode.UnavailableCriticalExtension, result.Code);
        Assert.Contains("1.2.3", result.DiagnosticMessage);
        Assert.Contains("as anonymous was refused a search, which a gateway takes for a temporary failure: the critical control 1.2.3", Assert.Single(_fixture.Log.Loud));
    }

    [Theory]
    [InlineData(Oids.ManageDsaIt)]
    [InlineData(Oids.DomainScope)]
    [InlineData(Oids.ShowDeleted)]
    public async Task Controls_that_clients_send_as_critical_are_taken(string oid)
    {
        Assert.Single((await _fixture.Connect().SearchAsync(LdapClient.Search("(mail=anna@corp.example)"), new LdapControl(oid, Critical: true))).Entries);
    }

    [Fact]
    public async Task The_view_is_the_endpoints()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { Anonymous = true, View = "inner" } };

        await fixture.Connect().SearchAsync("(mail=anna@corp.example)");

        Assert.Equal("inner", fixture.Resolver.Asked.Single().View);
    }

    private static Verdict Valid() => new() { Kind = VerdictKind.Valid, Address = Mail.Of("slow@corp.example"), Recipient = new Recipient { Directory = "contoso" } };
}
