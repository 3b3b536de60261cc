using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Searching;

public class ManyAtOnceTests
{
    [Fact]
    public async Task Searches_on_one_connection_are_answered_out_of_order()
    {
        var first = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.After(first.Task, LdapScripts.Answer), LdapScripts.Answer)).Start();
        await using var client = server.Options().Client();

        var slow = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        (await client.AskAsync()).MustBeAnna();
        Assert.False(slow.IsCompleted);
        first.SetResult();

        (await slow).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task Each_of_many_searches_gets_its_own_answer()
    {
        var server = new ScriptedLdapServer();
        for (var i = 0; i < 500; i++)
            server.WithEntry($"uid={i},dc=contoso", ("mail", $"{i}@shared.example"));
        await using var _ = server.Start();
        await using var client = (server.Options() with { Connections = 2, MaxOutstandingPerConnection = 1000 }).Client();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.AskAsync($"{i}@shared.example")));

        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal(ResultCode.Success, outcomes[i].Result!.Code);
            Assert.Equal(i < 500 ? [$"uid={i},dc=contoso"] : [], outcomes[i].Entries.Select(entry => entry.ObjectName));
        }
    }
}
