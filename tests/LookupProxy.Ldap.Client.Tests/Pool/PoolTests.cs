using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Pool;

public class PoolTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Nothing_is_opened_before_the_first_search()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client(_time);

        Assert.Equal(0, server.Ledger.Connections);
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task One_connection_is_kept_for_little_work()
    {
        await using var server = Clients.Server().Start();
        await using var client = (server.Options() with { Connections = 4 }).Client(_time);

        for (var i = 0; i < 100; i++)
            (await client.AskAsync()).MustBeAnna();

        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task Another_connection_is_opened_for_more_work_and_takes_its_share()
    {
        var answer = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(LdapScripts.After(answer.Task, LdapScripts.Answer)).Start();
        await using var client = (server.Options() with { Connections = 2 }).Client(_time);

        var searches = Enumerable.Range(0, 20).Select(_ => client.AskAsync()).ToList();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 20);
        searches.Add(client.AskAsync());
        await server.Ledger.WaitUntilAsync(ledger => ledger.Connections == 2);
        // Whether it is open for us cannot be seen from the server: ask until it carries one.
        while (server.Ledger.Requests.All(request => request.Connection == 1))
        {
            searches.Add(client.AskAsync());
            await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == searches.Count);
        }

        answer.SetResult();
        foreach (var outcome in await Task.WhenAll(searches))
            outcome.MustBeAnna();
    }

    [Fact]
    public async Task More_searches_than_all_connections_may_carry_are_refused_at_once()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        await using var client = (server.Options() with { Connections = 2, MaxOutstandingPerConnection = 3 }).Client(_time);

        var searches = Enumerable.Range(0, 10).Select(_ => client.AskAsync()).ToArray();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 6);

        for (var i = 0; i < 4; i++)
        {
            var refused = await Task.WhenAny(searches);
            (await refused).MustBeFault(LdapFaultKind.Overloaded);
            searches = [.. searches.Where(search => search != refused)];
        }

        Assert.All(searches, search => Assert.False(search.IsCompleted));
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_in_silence_is_replaced_by_the_next_search()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        server.DropConnections();
        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);
        _time.Advance(TimeSpan.FromSeconds(5));

        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(2, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_server_that_comes_back_is_used_again()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeAnna();

        server.StopListening();
        server.DropConnections(reset: true);
        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);
        Assert.NotNull((await client.AskAsync()).Fault);
        server.Start();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task Closing_the_client_unbinds_and_tells_the_searches_under_way()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        var client = server.Options().Client(_time);
        var search = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);

        await client.DisposeAsync();

        (await search).MustBeFault(LdapFaultKind.ConnectionLost);
        await server.Ledger.WaitUntilAsync(ledger => ledger is { Unbinds: 1, OpenConnections: 0 });
        Assert.NotNull((await client.AskAsync()).Fault);
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task Closing_the_client_ends_an_attempt_to_connect()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.Hang).Start();
        var client = (server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" } }).Client(_time);
        var search = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Binds == 1);

        await client.DisposeAsync();

        (await search).MustBeFault(LdapFaultKind.Unreachable);
        await server.Ledger.WaitUntilAsync(ledger => ledger.OpenConnections == 0);
    }

    [Theory]
    [InlineData("http://dc1.contoso.example", false)]
    [InlineData("ldap:///", false)]
    [InlineData("ldaps://dc1.contoso.example", true)]
    public void Options_that_cannot_work_are_refused(string uri, bool startTls)
    {
        var options = new LdapServerOptions { Uri = new Uri(uri), Tls = new LdapTlsOptions { StartTls = startTls } };

        Assert.Throws<ArgumentException>(() => options.Client());
    }
}
