using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public class BindTests
{
    private string _password = "correct horse";

    [Fact]
    public async Task An_anonymous_client_sends_no_bind()
    {
        await using var server = Clients.Server().Start();

        (await server.Options().AskOnceAsync()).MustBeAnna();

        Assert.Equal(0, server.Ledger.Binds);
    }

    [Fact]
    public async Task A_simple_bind_comes_before_the_first_search()
    {
        await using var server = Clients.Server().WithAccount("cn=svc", "correct horse").Start();

        (await WithPassword(server).AskOnceAsync()).MustBeAnna();

        Assert.Collection(
            server.Ledger.Requests.Take(2),
            request => Assert.Equal(new BindRequest(3, "cn=svc", ((BindRequest)request.Message.Operation).Authentication), request.Message.Operation),
            request => Assert.IsType<SearchRequest>(request.Message.Operation));
    }

    [Fact]
    public async Task A_refused_password_is_a_fault_with_its_code_and_without_the_password()
    {
        await using var server = Clients.Server()
            .OnBind(LdapScripts.BindResult(ResultCode.InvalidCredentials, "80090308: AcceptSecurityContext error, data 52e"))
            .Start();

        var fault = (await WithPassword(server).AskOnceAsync()).MustBeFault(LdapFaultKind.BindRefused);

        Assert.Equal(ResultCode.InvalidCredentials, fault.Code);
        Assert.Equal($"bind at 127.0.0.1:{server.Port} as cn=svc refused: invalidCredentials (49): 80090308: AcceptSecurityContext error, data 52e (wrong password)", fault.Detail);
        Assert.Equal(0, server.Ledger.Searches);
    }

    [Theory]
    [InlineData(ResultCode.Busy)]
    [InlineData(ResultCode.Unavailable)]
    [InlineData(ResultCode.StrongerAuthRequired)]
    [InlineData(ResultCode.ConfidentialityRequired)]
    [InlineData((ResultCode)4096)]
    public async Task Any_other_refusal_of_a_bind_keeps_its_code(ResultCode code)
    {
        await using var server = Clients.Server().OnBind(LdapScripts.BindResult(code)).Start();

        Assert.Equal(code, (await WithPassword(server).AskOnceAsync()).MustBeFault(LdapFaultKind.BindRefused).Code);
    }

    [Fact]
    public async Task A_refused_password_is_not_tried_again_for_half_a_minute()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "other").Start();
        await using var client = WithPassword(server).Client(time);

        for (var second = 0; second < 30; second++)
        {
            (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, server.Ledger.Binds);
        Assert.Equal(1, server.Ledger.Connections);
        time.Advance(TimeSpan.FromSeconds(1));
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);
        Assert.Equal(2, server.Ledger.Binds);
    }

    [Fact]
    public async Task The_pause_doubles_while_the_same_password_stays_wrong()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "other").Start();
        await using var client = WithPassword(server).Client(time);

        Assert.Equal(
            [0, 30, 90, 210, 450, 930, 1890, 2850],
            await TriedAtAsync(client, server, time, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Who_is_told_of_a_refusal_that_is_not_repeated_is_told_when_it_will_be()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "other").Start();
        await using var client = WithPassword(server).Client(time);
        await client.AskAsync();

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.EndsWith(
            "(not tried again before 30 s have passed, the password is changed or \"lookupproxy directory close\" is given)", (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_put_right_in_the_directory_is_tried_as_soon_as_an_administrator_asks()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "other").Start();
        await using var client = WithPassword(server).Client(time);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);
        server.WithAccount("cn=svc", _password);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);

        client.TryAnew();

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task A_changed_password_is_tried_at_once()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "new").Start();
        await using var client = WithPassword(server).Client(time);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);

        _password = "new";
        time.Advance(TimeSpan.FromSeconds(1));

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task A_name_with_an_empty_password_is_refused_here_and_never_sent()
    {
        await using var server = Clients.Server().Start();
        _password = "";

        var fault = (await WithPassword(server).AskOnceAsync()).MustBeFault(LdapFaultKind.BindRefused);

        Assert.EndsWith("the password is empty", fault.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_password_that_cannot_be_read_is_a_fault()
    {
        await using var server = Clients.Server().Start();
        var options = server.Options() with
        {
            Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => throw new FileNotFoundException("no /etc/contoso.password") },
        };

        var fault = (await options.AskOnceAsync()).MustBeFault(LdapFaultKind.BindRefused);

        Assert.EndsWith("the password cannot be read: no /etc/contoso.password", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_unknown_error_of_the_password_says_is_kept_out()
    {
        await using var server = Clients.Server().Start();
        var options = server.Options() with
        {
            Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => throw new FormatException("bad character in 'correct horse'") },
        };

        Assert.DoesNotContain("correct horse", (await options.AskOnceAsync()).MustBeFault(LdapFaultKind.BindRefused).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage", LdapFaultKind.ProtocolError)]
    [InlineData("close", LdapFaultKind.ConnectionLost)]
    [InlineData("reset", LdapFaultKind.ConnectionLost)]
    [InlineData("wrong id", LdapFaultKind.ProtocolError)]
    [InlineData("wrong type", LdapFaultKind.ProtocolError)]
    [InlineData("huge", LdapFaultKind.ProtocolError)]
    [InlineData("notice", LdapFaultKind.ConnectionLost)]
    public async Task A_broken_answer_to_the_bind_is_a_fault(string breakage, LdapFaultKind kind)
    {
        await using var server = Clients.Server().OnBind(breakage switch
        {
            "garbage" => LdapScripts.Garbage,
            "close" => LdapScripts.Close,
            "reset" => LdapScripts.Reset,
            "wrong id" => LdapScripts.WrongMessageId(1),
            "wrong type" => LdapScripts.Result(ResultCode.Success),
            "huge" => LdapScripts.HugeAnswer,
            _ => LdapScripts.NoticeOfDisconnection(ResultCode.Unavailable),
        }).Start();

        var fault = (await WithPassword(server).AskOnceAsync()).MustBeFault(kind);

        Assert.Contains($"127.0.0.1:{server.Port}", fault.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.Ledger.Searches);
    }

    [Fact]
    public async Task An_unsolicited_notification_before_the_bind_response_is_ignored()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.Unsolicited(LdapScripts.BindResult(ResultCode.Success))).Start();

        (await WithPassword(server).AskOnceAsync()).MustBeAnna();
    }

    [Fact]
    public async Task The_options_and_their_bind_show_no_password_as_text()
    {
        await using var server = Clients.Server().Start();

        Assert.DoesNotContain("correct horse", WithPassword(server).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Seconds from now at which a bind was tried, with a question each second.</summary>
    private static async Task<List<int>> TriedAtAsync(ILdapSearcher client, ScriptedLdapServer server, ManualTimeProvider time, TimeSpan span)
    {
        var tried = new List<int>();
        var binds = server.Ledger.Binds;
        for (var second = 0; second < span.TotalSeconds; second++)
        {
            await client.AskAsync();
            if (server.Ledger.Binds > binds)
                tried.Add(second);
            binds = server.Ledger.Binds;
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return tried;
    }

    private LdapServerOptions WithPassword(ScriptedLdapServer server) =>
        server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => _password } };
}
