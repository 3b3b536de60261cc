using LookupProxy.Ldap.Client.Tests.Faults;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using static LookupProxy.Ldap.Client.Tests.Sessions.Reading;

namespace LookupProxy.Ldap.Client.Tests.Sessions;

/// <summary>What can go wrong in the middle of a reading. Never a success.</summary>
public class SessionFaultTests
{
    [Theory]
    [MemberData(nameof(Breakages.All), MemberType = typeof(Breakages))]
    public async Task A_broken_reading_ends_in_a_fault(string breakage, LdapFaultKind kind)
    {
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            await exchange.SendEntryAsync("cn=1");
            await exchange.SendEntryAsync("cn=2");
            await Breakages.Script(breakage)(exchange);
        }).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();

        var read = await responses.ReadAllAsync();

        // A reset may overtake what was sent before it.
        Assert.InRange(read.Count, breakage == "reset" ? 0 : 2, 2);
        var fault = responses.End.MustBeFault(kind);
        Assert.Contains($"127.0.0.1:{server.Port}", fault.Detail, StringComparison.Ordinal);
        Assert.False(session.IsUsable);
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.Busy)]
    public async Task A_refusal_is_told_with_its_code(ResultCode code)
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Result(code)).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();

        Assert.Empty(await responses.ReadAllAsync());

        Assert.Equal(code, responses.End!.Result!.Code);
        Assert.False(responses.End.IsSuccess);
        Assert.True(session.IsUsable);
    }

    [Fact]
    public async Task A_refusal_in_an_extended_response_is_a_refusal()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.ExtendedEnd).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();

        Assert.Empty(await responses.ReadAllAsync());

        Assert.Equal(ResultCode.UnavailableCriticalExtension, responses.End!.Result!.Code);
    }

    [Fact]
    public async Task An_unsolicited_notification_is_passed_over()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Unsolicited(LdapScripts.Answer)).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();

        Assert.Single(await responses.ReadAllAsync());
        Assert.True(responses.End!.IsSuccess);
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_fault()
    {
        await using var server = Clients.Server().Start();
        var options = server.Options();
        server.StopListening();
        await using var client = options.Client();

        var outcome = await client.OpenSessionAsync(Token);

        Assert.Null(outcome.Session);
        Assert.Equal(LdapFaultKind.Unreachable, outcome.Fault!.Kind);
    }

    [Fact]
    public async Task A_password_refused_to_a_session_is_not_tried_for_a_lookup_either()
    {
        await using var server = Clients.Server().WithAccount("cn=svc", "right").Start();
        await using var client = (server.Options() with
        {
            Backoff = TimeSpan.Zero,
            Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "wrong" },
        }).Client();

        Assert.Equal(LdapFaultKind.BindRefused, (await client.OpenSessionAsync(Token)).Fault!.Kind);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);
        Assert.Equal(LdapFaultKind.BindRefused, (await client.OpenSessionAsync(Token)).Fault!.Kind);

        Assert.Equal(1, server.Ledger.Binds);
    }

    [Fact]
    public async Task No_more_sessions_than_allowed_are_open_at_a_time()
    {
        await using var server = Clients.Server().Start();
        await using var client = (server.Options() with { MaxSessions = 2 }).Client();
        await using var first = await client.OpenAsync();
        await using var second = await client.OpenAsync();

        Assert.Equal(LdapFaultKind.Overloaded, (await client.OpenSessionAsync(Token)).Fault!.Kind);
        await first.DisposeAsync();
        await using var third = await client.OpenAsync();

        Assert.Equal(2, client.OpenConnections);
    }

    [Fact]
    public async Task Opening_can_be_cancelled_and_leaves_its_place_free()
    {
        var bind = new TaskCompletionSource();
        await using var server = Clients.Server()
            .OnBind(LdapScripts.InTurn(LdapScripts.After(bind.Task, LdapScripts.BindResult(ResultCode.Success)), LdapScripts.BindResult(ResultCode.Success)))
            .Start();
        await using var client = (server.Options() with
        {
            MaxSessions = 1,
            Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" },
        }).Client();
        using var cancellation = new CancellationTokenSource();

        var opening = client.OpenSessionAsync(cancellation.Token).AsTask();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Binds == 1);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => opening)).CancellationToken);

        await using var session = await client.OpenAsync();
        Assert.Single(await session.Search().ReadAllAsync());
    }

    [Fact]
    public async Task Closing_the_client_ends_what_is_being_read()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();
        var read = responses.ReadAsync(Token).AsTask();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);

        await client.DisposeAsync();

        Assert.Null(await read);
        responses.End.MustBeFault(LdapFaultKind.ConnectionLost);
        Assert.Equal(LdapFaultKind.Unreachable, (await client.OpenSessionAsync(Token)).Fault!.Kind);
    }
}
