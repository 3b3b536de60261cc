using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;
using static LookupProxy.Ldap.Client.Tests.Sessions.Reading;

namespace LookupProxy.Ldap.Client.Tests.Sessions;

public class SessionTests
{
    [Fact]
    public async Task An_entry_is_handed_over_before_the_next_one_is_there()
    {
        var read = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            await exchange.SendEntryAsync("cn=1");
            await read.Task;
            await exchange.SendEntryAsync("cn=2");
            await exchange.SendDoneAsync();
        }).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        await using var responses = session.Search();

        Assert.Equal("cn=1", ((SearchResultEntry)(await responses.ReadAsync(Token))!.Operation).ObjectName);
        Assert.Null(responses.End);
        Assert.False(session.IsUsable);
        read.SetResult();
        Assert.Equal("cn=2", ((SearchResultEntry)(await responses.ReadAsync(Token))!.Operation).ObjectName);
        Assert.Null(await responses.ReadAsync(Token));

        Assert.True(responses.End!.IsSuccess);
        Assert.Equal(2, responses.Entries);
        Assert.True(session.IsUsable);
        Assert.Null(await responses.ReadAsync(Token));
    }

    [Fact]
    public async Task Everything_a_search_brings_comes_in_its_order_and_with_its_controls()
    {
        var id = new Guid("0e3f5ac0-6f1b-4a4e-9d5e-5ab1f2a9d1c3");
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            await exchange.SendAsync(ScriptedEntry.Create("cn=1"), new SyncState(SyncEntryState.Add, id).ToControl());
            await exchange.SendAsync(new SearchResultReference(["ldap://elsewhere/dc=contoso"]));
            await exchange.SendAsync(new IntermediateResponse(Oids.SyncInfo, new byte[] { 0x80, 0x01, 0x07 }));
            await exchange.SendAsync(new SearchResultDone(new LdapResult(ResultCode.Success)), new SyncDone(new byte[] { 7 }).ToControl());
        }).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search(Everybody, [new SyncRequest(SyncMode.RefreshOnly).ToControl()], Silence);

        var all = await responses.ReadAllAsync();

        Assert.Collection(
            all,
            entry =>
            {
                Assert.IsType<SearchResultEntry>(entry.Operation);
                Assert.True(SyncState.TryRead(entry.Controls.Find(Oids.SyncState), out var state));
                Assert.Equal(id, state.EntryUuid);
            },
            reference => Assert.IsType<SearchResultReference>(reference.Operation),
            info => Assert.IsType<IntermediateResponse>(info.Operation));
        Assert.True(SyncDone.TryRead(responses.End!.Controls.Find(Oids.SyncDone), out var done));
        Assert.Equal(new byte[] { 7 }, done.Cookie!.Value.ToArray());
        var asked = server.Ledger.Requests.Single(request => request.Message.Operation is SearchRequest).Message;
        Assert.True(SyncRequest.TryRead(asked.Controls.Find(Oids.SyncRequest), out _));
    }

    [Fact]
    public async Task A_session_carries_one_search_after_another_on_one_connection()
    {
        await using var server = Clients.Server().WithPeople(50).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();

        for (var i = 0; i < 5; i++)
            Assert.Equal(51, (await session.Search().ReadAllAsync()).Count);

        Assert.Equal(1, server.Ledger.Connections);
        await session.DisposeAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger is { Unbinds: 1, OpenConnections: 0 });
    }

    [Fact]
    public async Task A_second_search_beside_one_under_way_is_a_bug_of_the_caller()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.EndlessEntries).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        await using var responses = session.Search();
        await responses.ReadAsync(Token);

        Assert.Throws<InvalidOperationException>(() => session.Search());
    }

    [Fact]
    public async Task A_slow_reader_slows_the_server_and_nobody_else()
    {
        var allSent = new TaskCompletionSource();
        var large = new string('x', 64 * 1024);
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            if (exchange.Search.Filter != Everybody.Filter)
            {
                await LdapScripts.Answer(exchange);
                return;
            }

            // 256 MiB: far more than what lies in the sockets on the way.
            for (var i = 0; i < 4096; i++)
                await exchange.SendEntryAsync($"cn={i}", ("description", large));
            allSent.SetResult();
            await exchange.SendDoneAsync();
        }).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        await using var responses = session.Search();
        await responses.ReadAsync(Token);

        for (var i = 0; i < 500; i++)
            (await client.AskAsync()).MustBeAnna();
        Assert.False(allSent.Task.IsCompleted);

        Assert.Equal(4095, (await responses.ReadAllAsync()).Count);
        Assert.True(allSent.Task.IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_search_is_abandoned_and_ends_the_session()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var responses = session.Search();
        using var cancellation = new CancellationTokenSource();

        var read = responses.ReadAsync(cancellation.Token).AsTask();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        await cancellation.CancelAsync();

        Assert.Equal(cancellation.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => read)).CancellationToken);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Abandons == 1);
        MustAbandonTheSearch(server);
        responses.End.MustBeFault(LdapFaultKind.ConnectionLost);
        Assert.False(session.IsUsable);
        var next = session.Search();
        Assert.Empty(await next.ReadAllAsync());
        next.End.MustBeFault(LdapFaultKind.ConnectionLost);
    }

    [Fact]
    public async Task A_server_in_the_middle_of_its_answers_is_stopped_by_the_end_of_the_connection()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.EndlessEntries).Start();
        await using var client = server.Options().Client();
        await using (var session = await client.OpenAsync())
            await session.Search().ReadAsync(Token);

        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);
    }

    [Fact]
    public async Task A_search_that_was_never_read_was_never_sent()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client();
        await using (var session = await client.OpenAsync())
            await session.Search().DisposeAsync();

        await server.Ledger.WaitUntilAsync(ledger => ledger.Unbinds == 1);
        Assert.Equal(0, server.Ledger.Searches);
        Assert.Equal(0, server.Ledger.Abandons);
    }

    [Fact]
    public async Task Silence_ends_the_search_and_a_callers_pause_does_not()
    {
        var time = new ManualTimeProvider();
        var next = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            await exchange.SendEntryAsync("cn=1");
            await next.Task;
            await exchange.SendEntryAsync("cn=2");
        }).Start();
        await using var client = (server.Options() with { ConnectTimeout = TimeSpan.FromHours(9) }).Client(time);
        await using var session = await client.OpenAsync();
        var responses = session.Search();
        Assert.NotNull(await responses.ReadAsync(Token));

        time.Advance(Silence * 10);
        next.SetResult();
        Assert.NotNull(await responses.ReadAsync(Token));

        var read = responses.ReadAsync(Token).AsTask();
        Assert.False(read.IsCompleted);
        time.Advance(Silence);
        Assert.Null(await read);
        var fault = responses.End.MustBeFault(LdapFaultKind.Silence);
        Assert.Contains("20 s", fault.Detail, StringComparison.Ordinal);
    }

    private static void MustAbandonTheSearch(ScriptedLdapServer server)
    {
        var asked = server.Ledger.Requests.First(request => request.Message.Operation is SearchRequest).Message;
        var abandoned = server.Ledger.Requests.First(request => request.Message.Operation is AbandonRequest).Message;
        Assert.Equal(asked.MessageId, ((AbandonRequest)abandoned.Operation).MessageId);
        Assert.NotEqual(asked.MessageId, abandoned.MessageId);
    }
}
