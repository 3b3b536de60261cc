using LookupProxy.Ldap.Client.Pool;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Pool;

public class BackoffTests
{
    private static readonly LdapFault Down = new(LdapFaultKind.Unreachable, "down");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task During_the_backoff_searches_fail_at_once_with_the_last_fault()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.BindResult(ResultCode.Busy)).Start();
        await using var client = Bound(server).Client(_time);
        var first = (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);

        for (var i = 0; i < 5; i++)
            Assert.Equal(first, (await client.AskAsync()).Fault);

        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task After_the_backoff_the_next_search_connects()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.BindResult(ResultCode.Busy)).Start();
        await using var client = Bound(server).Client(_time);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);

        server.OnBind(null);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task Searches_that_wait_for_the_same_connection_fail_together()
    {
        var refuse = new TaskCompletionSource();
        await using var server = Clients.Server().OnBind(LdapScripts.After(refuse.Task, LdapScripts.BindResult(ResultCode.Unavailable))).Start();
        await using var client = Bound(server).Client(_time);

        var searches = Enumerable.Range(0, 50).Select(_ => client.AskAsync()).ToArray();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Binds == 1);
        refuse.SetResult();

        foreach (var outcome in await Task.WhenAll(searches))
            outcome.MustBeFault(LdapFaultKind.BindRefused);
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task A_server_that_accepts_and_drops_is_backed_off_from()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Reset).Start();
        await using var client = server.Options().Client(_time);
        (await client.AskAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        (await client.AskAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public void The_pause_doubles_up_to_its_limit_and_a_success_ends_it()
    {
        var gate = new ConnectGate(new LdapServerOptions { Uri = new Uri("ldap://x"), Backoff = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromSeconds(1) }, _time);
        Assert.Null(gate.Refusal());

        foreach (var milliseconds in (int[])[100, 200, 400, 800, 1000, 1000])
        {
            gate.Failed(Down);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(Down, gate.Refusal());
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(gate.Refusal());
        }

        Assert.Equal(6, gate.Succeeded());
        gate.Failed(Down);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(gate.Refusal());
    }

    private static LdapServerOptions Bound(ScriptedLdapServer server) =>
        server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" } };
}
