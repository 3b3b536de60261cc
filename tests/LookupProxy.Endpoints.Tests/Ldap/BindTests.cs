using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class BindTests
{
    private readonly LdapFixture _fixture = new() { Options = new LdapOptions { Accounts = [LdapFixture.Gateway()] } };

    [Theory]
    [InlineData("cn=gateway,o=lookupproxy")]
    [InlineData("CN=Gateway, O=LookupProxy")]
    public async Task The_right_password_binds_under_any_spelling_of_the_name(string name)
    {
        var client = _fixture.Connect();

        Assert.Equal(ResultCode.Success, (await client.BindAsync(name, "secret")).Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Theory]
    [InlineData("cn=gateway,o=lookupproxy")]
    [InlineData("cn=stranger,o=lookupproxy")]
    [InlineData("no name")]
    public async Task A_wrong_password_and_an_unknown_name_fail_alike_and_late(string name)
    {
        var client = _fixture.Connect();
        client.Send(LdapClient.SimpleBind(name, "wrong"));
        var answer = client.ReceiveAsync();
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(answer.IsCompleted);

        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        var result = Assert.IsType<BindResponse>((await answer).Operation).Result;
        Assert.Equal(ResultCode.InvalidCredentials, result.Code);
        Assert.Empty(result.DiagnosticMessage);
    }

    [Fact]
    public async Task A_failed_bind_takes_the_rights_of_the_one_before()
    {
        var client = _fixture.Connect();
        await client.BindAsync(LdapFixture.GatewayName, "secret");
        await client.BindAsync("cn=gateway,o=lookupproxy", "");

        Assert.Equal(ResultCode.StrongerAuthRequired, (await client.SearchAsync("(mail=anna@corp.example)")).Result.Code);
    }

    [Fact]
    public async Task A_bind_that_fails_by_a_control_takes_them_too_and_waits_its_turn()
    {
        var held = _fixture.Resolver.Hold("slow@corp.example");
        var client = _fixture.Connect();
        await client.BindAsync(LdapFixture.GatewayName, "secret");
        var slow = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "secret"), new LdapControl("1.2.3", Critical: true));
        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = _fixture.Resolver.Asked.Single().Address });

        Assert.Equal(ResultCode.Success, (await client.ResultAsync(slow)).Result.Code);
        Assert.Equal(ResultCode.UnavailableCriticalExtension, Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code);
        Assert.Equal(ResultCode.StrongerAuthRequired, (await client.SearchAsync("(mail=anna@corp.example)")).Result.Code);
    }

    [Fact]
    public async Task A_name_does_not_command_the_terminal_that_the_log_is_read_on()
    {
        var client = _fixture.Connect();
        client.Send(LdapClient.SimpleBind("x\r\n\u001b[2Jy\u202e", "hunter2"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ReceiveAsync();

        Assert.Contains("as x???[2Jy?:", Assert.Single(_fixture.Log.Lines, static line => line.Id == EventIds.LdapBindFailed).Text);
    }

    [Fact]
    public async Task A_password_is_never_logged()
    {
        var client = _fixture.Connect();
        client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "hunter2"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ReceiveAsync();

        Assert.Contains(_fixture.Log.Lines, static line => line.Id == EventIds.LdapBindFailed);
        Assert.DoesNotContain(_fixture.Log.Lines, static line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_without_a_password_is_refused()
    {
        Assert.Equal(ResultCode.UnwillingToPerform, (await _fixture.Connect().BindAsync(LdapFixture.GatewayName, "")).Code);
    }

    [Fact]
    public async Task Nobody_may_bind_and_search_only_where_that_is_allowed()
    {
        var (closed, open) = (_fixture.Connect(), new LdapFixture().Connect());
        Assert.Equal(ResultCode.Success, (await closed.BindAsync("", "")).Code);
        Assert.Equal(ResultCode.Success, (await open.BindAsync("", "")).Code);

        Assert.Equal(ResultCode.StrongerAuthRequired, (await closed.SearchAsync("(mail=anna@corp.example)")).Result.Code);
        Assert.Single((await open.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Theory]
    [InlineData(LdapFlavour.OpenLdap, ResultCode.StrongerAuthRequired)]
    [InlineData(LdapFlavour.ActiveDirectory, ResultCode.OperationsError)]
    public async Task Who_has_not_bound_finds_nothing_out(LdapFlavour flavour, ResultCode code)
    {
        var fixture = new LdapFixture { Options = _fixture.Options with { Flavour = flavour } };

        var (entries, result) = await fixture.Connect().SearchAsync("(mail=anna@corp.example)");

        Assert.Empty(entries);
        Assert.Equal(code, result.Code);
        Assert.Empty(fixture.Resolver.Asked);
    }

    [Theory]
    [InlineData("192.0.2.1", false, ResultCode.ConfidentialityRequired)]
    [InlineData("192.0.2.1", true, ResultCode.Success)]
    [InlineData("127.0.0.1", false, ResultCode.Success)]
    [InlineData("::1", false, ResultCode.Success)]
    public async Task A_password_crosses_a_network_only_under_TLS_unless_allowed(string from, bool isAllowed, ResultCode code)
    {
        var fixture = new LdapFixture { Options = _fixture.Options with { AllowClearTextBind = isAllowed } };

        Assert.Equal(code, (await fixture.Connect(from).BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    [Fact]
    public async Task A_search_sent_before_the_binds_answer_waits_for_it()
    {
        var client = _fixture.Connect();
        client.SendBytes(LdapClient.Encode(
            new LdapMessage(1, LdapClient.SimpleBind(LdapFixture.GatewayName, "secret")), new LdapMessage(2, LdapClient.Search("(mail=anna@corp.example)"))));

        Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation);
        Assert.Single((await client.ResultAsync(2)).Entries);
    }

    [Fact]
    public async Task A_bind_waits_for_what_is_outstanding()
    {
        var fixture = new LdapFixture();
        var held = fixture.Resolver.Hold("slow@corp.example");
        var client = fixture.Connect();
        var slow = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "secret"));

        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = fixture.Resolver.Asked.Single().Address });

        Assert.Equal(ResultCode.Success, (await client.ResultAsync(slow)).Result.Code);
        Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation);
    }

    [Fact]
    public async Task Only_version_3_is_spoken()
    {
        var client = _fixture.Connect();
        client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "secret", version: 2));

        Assert.Equal(ResultCode.ProtocolError, Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code);
    }

    [Theory]
    [InlineData("GSSAPI", ResultCode.AuthMethodNotSupported)]
    [InlineData("PLAIN", ResultCode.AuthMethodNotSupported)]
    [InlineData("EXTERNAL", ResultCode.InappropriateAuthentication)]
    public async Task Other_mechanisms_and_EXTERNAL_without_a_certificate_are_refused(string mechanism, ResultCode code)
    {
        var client = _fixture.Connect();
        client.Send(new BindRequest(3, "", new BindAuthentication.Sasl(mechanism)));

        Assert.Equal(code, Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code);
    }

    [Fact]
    public async Task A_hashed_password_binds_and_the_second_time_costs_no_hash()
    {
        var hash = PasswordHash.Create("secret"u8);
        var fixture = new LdapFixture { Options = new LdapOptions { Accounts = [new LdapAccountOptions { Name = "gateway@corp.example", ReadPasswordHash = () => hash }] } };

        Assert.Equal(ResultCode.Success, (await fixture.Connect().BindAsync("GATEWAY@corp.example", "secret")).Code);
        var second = fixture.Connect().BindAsync("gateway@corp.example", "secret");

        // In the loop's own step: the hash would run on another thread.
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(ResultCode.Success, (await second).Code);
    }

    [Fact]
    public async Task A_password_that_was_changed_in_its_file_is_soon_the_only_one()
    {
        var secret = "old";
        var fixture = new LdapFixture { Options = new LdapOptions { Accounts = [new LdapAccountOptions { Name = LdapFixture.GatewayName, ReadPassword = () => secret }] } };
        var client = fixture.Connect();
        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "old")).Code);

        secret = "new";
        fixture.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "new")).Code);
        client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "old"));
        var answer = client.ReceiveAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ResultCode.InvalidCredentials, Assert.IsType<BindResponse>((await answer).Operation).Result.Code);
    }

    [Fact]
    public async Task A_client_that_guesses_is_barred_and_the_right_password_still_binds()
    {
        for (var i = 0; i < 11; i++)
        {
            var client = _fixture.Connect("127.0.0.9");
            client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "wrong"));
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            var code = Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code;
            Assert.Equal(i < 10 ? ResultCode.InvalidCredentials : ResultCode.Busy, code);
        }

        Assert.Equal(ResultCode.Success, (await _fixture.Connect("127.0.0.9").BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_barred_while_they_wait_for_their_hash()
    {
        const int guesses = 60;
        const string hash = "{PBKDF2-SHA512}1000$AAECAwQFBgcICQoLDA0ODw$QKT2Q1hGnhXhWLPoaGCrWqAeiQlgLpJ3mUqo9pJiPCo";
        var fixture = new LdapFixture { Options = new LdapOptions { Accounts = [new LdapAccountOptions { Name = LdapFixture.GatewayName, ReadPasswordHash = () => hash }] } };
        var answers = Enumerable.Range(0, guesses).Select(number => fixture.Connect("127.0.0.9").BindAsync(LdapFixture.GatewayName, $"wrong{number}")).ToArray();

        // Each failure is held back for its second.
        await fixture.Time.WaitForTimersAsync(guesses);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var codes = (await Task.WhenAll(answers)).Select(static answer => answer.Code).ToArray();

        // Ten, and those that were being hashed when the tenth failed.
        Assert.InRange(codes.Count(static code => code == ResultCode.InvalidCredentials), 10, 20);
        Assert.All(codes, static code => Assert.Contains(code, new[] { ResultCode.InvalidCredentials, ResultCode.Busy }));
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_is_no_wrong_password()
    {
        var fixture = new LdapFixture
        {
            Options = new LdapOptions { Accounts = [new LdapAccountOptions { Name = LdapFixture.GatewayName, ReadPassword = static () => throw new IOException("gone") }] },
        };

        Assert.Equal(ResultCode.Unavailable, (await fixture.Connect().BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    [Fact]
    public async Task Who_am_I_says_who()
    {
        var client = _fixture.Connect();
        client.Send(new ExtendedRequest(Oids.WhoAmI));
        Assert.Equal("", System.Text.Encoding.UTF8.GetString(Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Value!.Value.Span));

        await client.BindAsync("CN=gateway,O=lookupproxy", "secret");
        client.Send(new ExtendedRequest(Oids.WhoAmI));

        Assert.Equal("dn:cn=gateway,o=lookupproxy", System.Text.Encoding.UTF8.GetString(Assert.IsType<ExtendedResponse>((await client.ReceiveAsync()).Operation).Value!.Value.Span));
    }

    [Fact]
    public async Task An_account_sees_its_own_view()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { View = "outer", Accounts = [LdapFixture.Gateway() with { View = "inner" }] } };
        var client = fixture.Connect();
        await client.BindAsync(LdapFixture.GatewayName, "secret");

        await client.SearchAsync("(mail=anna@corp.example)");

        Assert.Equal("inner", fixture.Resolver.Asked.Single().View);
    }
}
