using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Searching;

public class CancellationTests
{
    [Fact]
    public async Task A_cancelled_search_is_abandoned_by_its_message_id()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = server.Options().Client();
        using var cancellation = new CancellationTokenSource();

        var search = client.AskAsync(cancellationToken: cancellation.Token);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => search);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Abandons == 1);
        var asked = server.Ledger.Requests.First(request => request.Message.Operation is SearchRequest).Message;
        var abandoned = server.Ledger.Requests.First(request => request.Message.Operation is AbandonRequest).Message;
        Assert.Equal(asked.MessageId, ((AbandonRequest)abandoned.Operation).MessageId);
        Assert.NotEqual(asked.MessageId, abandoned.MessageId);
    }

    [Fact]
    public async Task The_late_answer_to_an_abandoned_search_is_ignored()
    {
        var late = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.After(late.Task, LdapScripts.Answer), LdapScripts.Answer)).Start();
        await using var client = server.Options().Client();
        using var cancellation = new CancellationTokenSource();

        var search = client.AskAsync(cancellationToken: cancellation.Token);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => search);
        late.SetResult();

        for (var i = 0; i < 10; i++)
            (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_cancelled_search_makes_room_for_another()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.Hang, LdapScripts.Answer)).Start();
        await using var client = (server.Options() with { MaxOutstandingPerConnection = 1 }).Client();
        using var cancellation = new CancellationTokenSource();

        var search = client.AskAsync(cancellationToken: cancellation.Token);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.Overloaded);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => search);

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task A_search_cancelled_before_it_began_asks_nothing()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AskAsync(cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_search_that_waits_for_a_connection_can_be_cancelled_and_the_connection_is_kept()
    {
        var bind = new TaskCompletionSource();
        await using var server = Clients.Server().OnBind(LdapScripts.After(bind.Task, LdapScripts.BindResult(ResultCode.Success))).Start();
        await using var client = (server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" } }).Client();
        using var cancellation = new CancellationTokenSource();

        var search = client.AskAsync(cancellationToken: cancellation.Token);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Binds == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => search);
        bind.SetResult();

        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
        Assert.Equal(1, server.Ledger.Searches);
    }

    [Fact]
    public async Task Searches_cancelled_at_any_moment_leave_a_working_connection()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client();
        var random = new Random(4711);

        for (var round = 0; round < 300; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var searches = Enumerable.Range(0, 8).Select(_ => client.AskAsync(cancellationToken: cancellation.Token)).ToArray();
            for (var spin = random.Next(2000); spin > 0; spin--)
                Thread.SpinWait(1);
            await cancellation.CancelAsync();
            foreach (var search in searches)
            {
                try
                {
                    (await search).MustBeAnna();
                }
                catch (OperationCanceledException)
                {
                    // The other good end.
                }
            }
        }

        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(0, client.Outstanding);
        Assert.Equal(1, server.Ledger.Connections);
    }
}
