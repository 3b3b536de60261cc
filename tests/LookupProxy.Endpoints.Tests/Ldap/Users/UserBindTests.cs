using System.Collections.Immutable;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Users;

public sealed class UserBindTests
{
    private const string Anna = "anna@corp.example";
    private const string AnnaName = "cn=anna@corp.example,o=lookupproxy";

    private readonly FakeUsers _contoso = new((Anna, "geheim"), ("as@corp.example", "geheim"));
    private readonly FakeUsers _fabrikam = new(("zoe@corp.example", "sesam"));

    [Theory]
    [InlineData(Anna)]
    [InlineData("Anna@Corp.Example")]
    [InlineData(AnnaName)]
    [InlineData("CN=Anna@corp.example, O=LookupProxy")]
    public async Task A_user_binds_by_address_and_by_the_DN_that_a_search_returned(string name)
    {
        var fixture = With();
        fixture.Resolver.Valid("Anna@corp.example", Own());
        fixture.Users["contoso"] = new FakeUsers((Anna, "geheim"), ("Anna@corp.example", "geheim"));

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync(name, "geheim")).Code);
    }

    [Fact]
    public async Task A_principal_name_that_is_no_address_binds_too()
    {
        var fixture = With();
        fixture.Resolver.Invalid("as@corp.example");

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync("as@corp.example", "geheim")).Code);
    }

    [Fact]
    public async Task It_is_off_unless_told()
    {
        var fixture = With(options => options with { UserBind = null });

        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(fixture, Anna, "geheim")).Code);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task A_wrong_password_is_49_after_a_second_and_tells_nothing_of_why()
    {
        var fixture = With();

        var wrong = await FailAsync(fixture, Anna, "hunter2");
        var nobody = await FailAsync(fixture, "nobody@corp.example", "hunter2");

        Assert.Equal(ResultCode.InvalidCredentials, wrong.Code);
        Assert.Equal(wrong, nobody);
        Assert.Empty(wrong.DiagnosticMessage);
        Assert.Contains(fixture.Log.Lines, static line => line.Id == EventIds.LdapBindFailed && line.Text.Contains("data 775", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.Log.Lines, static line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_password_is_refused_and_asks_nobody()
    {
        Assert.Equal(ResultCode.UnwillingToPerform, (await With().Connect().BindAsync(Anna, "")).Code);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task Over_the_network_a_password_needs_TLS()
    {
        Assert.Equal(ResultCode.ConfidentialityRequired, (await With().Connect("192.0.2.1").BindAsync(Anna, "geheim")).Code);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task A_directory_that_can_not_say_is_52_never_49()
    {
        var fixture = With();
        _contoso.Instead = new CredentialAnswer.Unknown(UnknownReason.Unreachable, "connection refused");

        for (var i = 0; i < 10; i++)
            Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().BindAsync(Anna, "geheim")).Code);

        Assert.Empty(_fabrikam.Asked);
    }

    [Fact]
    public async Task A_directory_that_hangs_is_52_in_time()
    {
        var fixture = With();
        _contoso.Hangs = true;
        var client = fixture.Connect();
        client.Send(LdapClient.SimpleBind(Anna, "geheim"));
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        while (_contoso.Asked.IsEmpty)
            await Task.Yield();

        fixture.Time.Advance(new UserBindOptions().Timeout);

        Assert.Equal(ResultCode.Unavailable, Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code);
    }

    [Fact]
    public async Task When_the_owner_is_not_known_each_directory_is_asked_in_turn()
    {
        var fixture = With();
        fixture.Resolver.Unknown("zoe@corp.example");

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync("zoe@corp.example", "sesam")).Code);

        _contoso.Instead = new CredentialAnswer.Unknown(UnknownReason.Timeout, "no answer");
        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync("zoe@corp.example", "sesam")).Code);
        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().BindAsync("zoe@corp.example", "wrong")).Code);
        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().BindAsync("bob@corp.example", "wrong")).Code);
    }

    [Fact]
    public async Task An_owners_password_is_no_business_of_the_other_directories()
    {
        var fixture = With();

        await FailAsync(fixture, Anna, "wrong");

        Assert.Single(_contoso.Asked);
        Assert.Empty(_fabrikam.Asked);
    }

    [Fact]
    public async Task A_domain_of_nobody_here_is_49_and_asks_nobody()
    {
        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(With(), "anna@elsewhere.example", "geheim")).Code);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task A_principal_name_in_a_domain_of_nobody_here_is_asked_of_those_directories_that_have_such_names()
    {
        var fixture = With();
        var contoso = new FakeUsers(("anna.logon@contoso.local", "geheim")) { HasPrincipalNames = true };
        fixture.Users["contoso"] = contoso;

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync("anna.logon@contoso.local", "geheim")).Code);
        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(fixture, "anna.logon@contoso.local", "wrong")).Code);
        Assert.Empty(_fabrikam.Asked);

        contoso.Instead = new CredentialAnswer.Unknown(UnknownReason.Unreachable, "connection refused");
        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().BindAsync("anna.logon@contoso.local", "geheim")).Code);
    }

    [Fact]
    public async Task A_principal_name_is_not_asked_of_a_namespace_that_a_rule_forbids()
    {
        var fixture = With(options => options with
        {
            Rules = [new LdapRule { Name = "others", Allow = false, Questions = LdapQuestions.UserBind, Namespaces = ["shared"] }, new LdapRule { Name = "rest", Allow = true }],
        });
        var contoso = new FakeUsers(("anna.logon@contoso.local", "geheim")) { HasPrincipalNames = true };
        fixture.Users["contoso"] = contoso;

        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(fixture, "anna.logon@contoso.local", "geheim")).Code);
        Assert.Empty(contoso.Asked);
    }

    [Fact]
    public async Task A_logon_name_is_told_that_it_is_not_known_here_and_asks_nobody()
    {
        var result = await With().Connect().BindAsync(@"CONTOSO\anna", "geheim");

        Assert.Equal(ResultCode.InvalidDNSyntax, result.Code);
        Assert.Contains(@"DOMAIN\user is not known here", result.DiagnosticMessage, StringComparison.Ordinal);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task Where_an_account_has_a_logon_name_no_other_is_told_that_it_has_none()
    {
        var fixture = With(options => options with { Accounts = [LdapFixture.Gateway() with { Name = @"CONTOSO\svc" }] });

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync(@"contoso\SVC", "secret")).Code);
        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(fixture, @"CONTOSO\anna", "geheim")).Code);
        Assert.Equal(ResultCode.InvalidCredentials, (await FailAsync(fixture, @"CONTOSO\svc", "geheim")).Code);
    }

    [Fact]
    public async Task Who_is_bound_reads_the_own_entry_and_learns_of_nobody_else()
    {
        var fixture = With();
        fixture.Resolver.Valid("a.schmidt@corp.example", Own());
        var client = fixture.Connect();
        await client.BindAsync(Anna, "geheim");

        Assert.Single((await client.SearchAsync($"(mail={Anna})")).Entries);
        Assert.Single((await client.SearchAsync("(proxyAddresses=smtp:a.schmidt@corp.example)")).Entries);
        Assert.Single((await client.SearchAsync(LdapClient.Search("(objectClass=*)", AnnaName, SearchScope.BaseObject))).Entries);
        foreach (var other in new[] { "zoe@corp.example", "nobody@corp.example", "dark@corp.example", "anna@elsewhere.example" })
        {
            var (entries, result) = await client.SearchAsync($"(mail={other})");
            Assert.Empty(entries);
            Assert.Equal(ResultCode.InsufficientAccessRights, result.Code);
        }

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync($"(|(mail={Anna})(mail=zoe@corp.example))")).Result.Code);
    }

    [Fact]
    public async Task Who_is_bound_reads_the_own_entry_of_a_local_copy_which_keeps_no_names()
    {
        var fixture = With();
        fixture.Resolver.Valid(Anna, Own() with { DistinguishedName = null }).Valid("bert@corp.example", new Recipient { Directory = "contoso" });
        var client = fixture.Connect();
        await client.BindAsync(Anna, "geheim");

        Assert.Single((await client.SearchAsync($"(mail={Anna})")).Entries);
        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync("(mail=bert@corp.example)")).Result.Code);
    }

    [Fact]
    public async Task What_a_gateway_was_told_in_the_same_words_is_not_told_to_a_user()
    {
        const string Zoe = "zoe@corp.example";
        var fixture = With();
        var verdict = Entries.Recipients.Valid(Zoe, new Recipient { Directory = "fabrikam", DistinguishedName = FakeUsers.DnOf(Zoe) });
        fixture.Resolver.Say(Zoe, _ => verdict);
        var gateway = fixture.Connect();
        for (var i = 0; i < 2; i++)
            Assert.Single((await gateway.SearchAsync($"(mail={Zoe})")).Entries);
        var client = fixture.Connect();
        await client.BindAsync(Anna, "geheim");

        var (entries, result) = await client.SearchAsync($"(mail={Zoe})");

        Assert.Empty(entries);
        Assert.Equal(ResultCode.InsufficientAccessRights, result.Code);
    }

    [Fact]
    public async Task Users_read_others_where_the_operator_lets_them()
    {
        var client = With(options => options with { UserBind = new UserBindOptions { ReadsAddresses = true } }).Connect();
        await client.BindAsync(Anna, "geheim");

        Assert.Single((await client.SearchAsync("(mail=zoe@corp.example)")).Entries);
    }

    [Fact]
    public async Task Who_am_I_is_the_own_entry()
    {
        var client = With().Connect();
        await client.BindAsync(Anna, "geheim");
        client.Send(new ExtendedRequest(Oids.WhoAmI));

        Assert.Equal($"dn:{AnnaName}", System.Text.Encoding.UTF8.GetString(Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Value!.Value.Span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guessing_is_slowed_by_user_whatever_the_client_and_the_address(bool isOfCopy)
    {
        var fixture = With();
        var own = isOfCopy ? Own() with { DistinguishedName = null } : Own();
        fixture.Resolver.Valid(Anna, own).Valid("a.schmidt@corp.example", own);
        fixture.Users["contoso"] = new FakeUsers((Anna, "geheim"), ("a.schmidt@corp.example", "geheim"));
        await FailAsync(fixture, Anna, "1");
        await FailAsync(fixture, "a.schmidt@corp.example", "2");
        await FailAsync(fixture, Anna, "3");

        // The third failure was answered after a second, which is the first pause; from the fourth on there is one.
        await FailAsync(fixture, Anna, "4");
        Assert.Equal(ResultCode.Busy, (await fixture.Connect().BindAsync(Anna, "geheim")).Code);
        Assert.Equal(ResultCode.Busy, (await fixture.Connect().BindAsync(AnnaName, "geheim")).Code);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync(Anna, "geheim")).Code);
        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync(Anna, "geheim")).Code);
    }

    [Fact]
    public async Task Guessing_is_slowed_by_client_whatever_the_user()
    {
        var fixture = With(options => options with { AllowClearTextBind = true, UserBind = new UserBindOptions { SlowClientAfter = 5, Delay = TimeSpan.FromMinutes(1) } });
        for (var i = 0; i < 5; i++)
            await FailAsync(fixture, $"user{i}@corp.example", "wrong", from: "192.0.2.1");

        Assert.Equal(ResultCode.Busy, (await fixture.Connect("192.0.2.1").BindAsync("zoe@corp.example", "sesam")).Code);
        Assert.Equal(ResultCode.Success, (await fixture.Connect("192.0.2.2").BindAsync("zoe@corp.example", "sesam")).Code);
    }

    [Fact]
    public async Task Many_at_once_get_no_further_than_one_after_the_other()
    {
        var fixture = With();
        var clients = Enumerable.Range(0, 20).Select(_ => fixture.Connect()).ToArray();
        foreach (var client in clients)
            client.Send(LdapClient.SimpleBind(Anna, "wrong"));
        await fixture.Time.WaitForTimersAsync(3, TestContext.Current.CancellationToken);
        var results = Task.WhenAll(clients.Select(static async client => Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code));
        while (!results.IsCompleted)
        {
            await Task.Yield();
            fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_contoso.Asked.Count, 3, 4);
        Assert.Contains(ResultCode.Busy, await results);
    }

    [Fact]
    public async Task A_rule_can_forbid_it_by_network_and_by_namespace()
    {
        var fixture = With(options => options with
        {
            Rules = [new LdapRule { Name = "no-binds", Allow = false, Questions = LdapQuestions.UserBind }, new LdapRule { Name = "rest", Allow = true }],
        });

        Assert.Equal(ResultCode.InsufficientAccessRights, (await fixture.Connect().BindAsync(Anna, "geheim")).Code);

        Assert.Empty(_contoso.Asked);
        Assert.Contains(fixture.Log.Lines, static line => line.Id == EventIds.LdapRefused);
        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    [Fact]
    public async Task Rules_for_users_are_for_them_alone()
    {
        var fixture = With(options => options with
        {
            Rules =
            [
                new LdapRule { Name = "bind", Allow = true, Questions = LdapQuestions.UserBind },
                new LdapRule { Name = "users", Allow = true, Accounts = [LdapRule.Users], Attributes = ["mail"] },
            ],
        });
        var client = fixture.Connect();
        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync($"(mail={Anna})")).Result.Code);
        await client.BindAsync(Anna, "geheim");

        var entry = Assert.Single((await client.SearchAsync($"(mail={Anna})")).Entries);

        Assert.Equal(["mail"], entry.Attributes.Select(static attribute => attribute.Description));
    }

    private static Recipient Own() => new() { Directory = "contoso", DistinguishedName = FakeUsers.DnOf(Anna), PrimaryAddress = Anna };

    private LdapFixture With(Func<LdapOptions, LdapOptions>? change = null)
    {
        var options = new LdapOptions { Anonymous = true, Accounts = [LdapFixture.Gateway()], UserBind = new UserBindOptions() };
        var fixture = new LdapFixture
        {
            Options = change?.Invoke(options) ?? options,
            Namespaces = new NamespaceMap([new NamespaceOutline("shared", ["corp.example"], ["contoso", "list", "fabrikam"])], ImmutableDictionary<string, ImmutableArray<string>>.Empty, "default"),
        };
        fixture.Users["contoso"] = _contoso;
        fixture.Users["fabrikam"] = _fabrikam;
        fixture.Resolver.Valid(Anna, Own());
        fixture.Resolver.Valid("zoe@corp.example", new Recipient { Directory = "fabrikam", DistinguishedName = FakeUsers.DnOf("zoe@corp.example") });
        return fixture;
    }

    /// <summary>A bind that fails, with the second that this takes.</summary>
    private static async Task<LdapResult> FailAsync(LdapFixture fixture, string name, string password, string? from = null)
    {
        var client = fixture.Connect(from);
        client.Send(LdapClient.SimpleBind(name, password));
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        var answer = client.ReceiveAsync();
        while (!answer.IsCompleted)
        {
            await Task.Yield();
            if (fixture.Time.NextDueIn <= TimeSpan.FromSeconds(1))
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return Assert.IsType<BindResponse>((await answer).Operation).Result;
    }
}
