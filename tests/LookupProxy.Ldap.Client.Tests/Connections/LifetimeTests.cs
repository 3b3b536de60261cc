using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Connections;

/// <summary>Idle timeouts, keep-alive, age.</summary>
public class LifetimeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_silent_connection_is_tried_with_a_search_of_the_root_DSE()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        _time.Advance(TimeSpan.FromSeconds(60));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);

        var probe = Assert.IsType<SearchRequest>(server.Ledger.Requests[^1].Message.Operation);
        Assert.Equal(("", SearchScope.BaseObject), (probe.BaseObject, probe.Scope));
        Assert.Equal(["1.1"], probe.Attributes);
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_connection_in_use_is_not_tried()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client(_time);

        for (var i = 0; i < 10; i++)
        {
            (await client.AskAsync()).MustBeAnna();
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(10, server.Ledger.Searches);
    }

    [Fact]
    public async Task Any_answer_to_a_keep_alive_keeps_the_connection()
    {
        var refused = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(
            LdapScripts.Answer,
            async exchange =>
            {
                await exchange.SendDoneAsync(ResultCode.InsufficientAccessRights);
                refused.SetResult();
            },
            LdapScripts.After(refused.Task, LdapScripts.Answer))).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        _time.Advance(TimeSpan.FromSeconds(60));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);
        // Its answer comes behind the keep-alive's.
        (await client.AskAsync()).MustBeAnna();
        _time.Advance(TimeSpan.FromSeconds(30));

        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_keep_alive_without_an_answer_closes_the_connection_and_ends_what_waits_on_it()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = server.Options().Client(_time);
        var search = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);

        _time.Advance(TimeSpan.FromSeconds(60));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);
        _time.Advance(TimeSpan.FromSeconds(2));

        var fault = (await search).MustBeFault(LdapFaultKind.ConnectionLost);
        Assert.EndsWith("no answer to a keep-alive within 2 s", fault.Detail, StringComparison.Ordinal);
        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);
    }

    [Fact]
    public async Task Half_a_PDU_and_silence_end_with_the_keep_alive()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.HalfAnswer, LdapScripts.Hang)).Start();
        await using var client = server.Options().Client(_time);
        var search = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);

        _time.Advance(TimeSpan.FromSeconds(60));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);
        _time.Advance(TimeSpan.FromSeconds(2));

        (await search).MustBeFault(LdapFaultKind.ConnectionLost);
    }

    [Fact]
    public async Task A_search_given_up_in_silence_has_the_connection_tried_at_once()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = server.Options().Client(_time);
        using var cancellation = new CancellationTokenSource();
        var search = client.AskAsync(cancellationToken: cancellation.Token);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);

        _time.Advance(TimeSpan.FromSeconds(1));
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => search);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);
        _time.Advance(TimeSpan.FromSeconds(2));
        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);

        server.OnSearch(LdapScripts.Answer);
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(2, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_connection_that_is_full_of_hung_searches_is_given_up()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = (server.Options() with { MaxOutstandingPerConnection = 2 }).Client(_time);
        var searches = new[] { client.AskAsync(), client.AskAsync() };
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);

        _time.Advance(TimeSpan.FromSeconds(60));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 3);
        _time.Advance(TimeSpan.FromSeconds(2));

        foreach (var outcome in await Task.WhenAll(searches))
            outcome.MustBeFault(LdapFaultKind.ConnectionLost);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("notice")]
    public async Task A_search_that_meets_the_servers_idle_timeout_is_sent_again_on_a_new_connection(string end)
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Answer, Ending(end), LdapScripts.Answer)).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        _time.Advance(TimeSpan.FromSeconds(50));
        (await client.AskAsync()).MustBeAnna();

        Assert.Equal(2, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_search_is_sent_again_only_once()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Answer, LdapScripts.Reset)).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        _time.Advance(TimeSpan.FromSeconds(50));
        (await client.AskAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        Assert.Equal(2, server.Ledger.Connections);
        Assert.Equal(3, server.Ledger.Searches);
    }

    [Fact]
    public async Task A_search_on_a_connection_in_use_is_not_sent_again()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Answer, LdapScripts.Reset)).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        (await client.AskAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        Assert.Equal(2, server.Ledger.Searches);
    }

    [Fact]
    public async Task A_search_whose_answer_has_begun_is_not_sent_again()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Answer, HalfAndClose)).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        _time.Advance(TimeSpan.FromSeconds(50));
        (await client.AskAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        Assert.Equal(2, server.Ledger.Searches);
    }

    [Fact]
    public async Task An_old_connection_is_replaced_and_unbinds_when_its_last_search_has_ended()
    {
        var slow = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Answer, LdapScripts.After(slow.Task, LdapScripts.Answer), LdapScripts.Answer)).Start();
        await using var client = (server.Options() with { KeepAlive = Timeout.InfiniteTimeSpan }).Client(_time);
        (await client.AskAsync()).MustBeAnna();
        var search = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);

        _time.Advance(TimeSpan.FromHours(1));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Connections == 2);
        while (server.Ledger.Requests[^1].Connection == 1)
            (await client.AskAsync()).MustBeAnna();
        Assert.Equal(0, server.Ledger.Unbinds);
        slow.SetResult();

        (await search).MustBeAnna();
        await server.Ledger.WaitUntilAsync(ledger => ledger is { Unbinds: 1, OpenConnections: 1 });
        Assert.Equal(1, server.Ledger.Requests.Single(request => request.Message.Operation is UnbindRequest).Connection);
    }

    [Fact]
    public async Task An_old_connection_that_cannot_be_replaced_stays_in_use_until_it_can()
    {
        await using var server = Clients.Server().Start();
        await using var client = (server.Options() with { KeepAlive = Timeout.InfiniteTimeSpan, ConnectTimeout = TimeSpan.FromDays(1) }).Client(_time);
        (await client.AskAsync()).MustBeAnna();

        server.StopListening();
        _time.Advance(TimeSpan.FromHours(1));
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);

        server.Start();
        while (server.Ledger.Unbinds == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            (await client.AskAsync()).MustBeAnna();
        }

        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 1);
    }

    private static LdapScript Ending(string end) => end switch
    {
        "reset" => LdapScripts.Reset,
        "close" => LdapScripts.Close,
        _ => LdapScripts.NoticeOfDisconnection(ResultCode.Unavailable, "idletimeout"),
    };

    private static async ValueTask HalfAndClose(LdapExchange exchange)
    {
        await LdapScripts.HalfAnswer(exchange);
        exchange.Connection.Close();
    }
}
