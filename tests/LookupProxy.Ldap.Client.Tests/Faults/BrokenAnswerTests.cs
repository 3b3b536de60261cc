using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Faults;

/// <summary>What a server can do wrong in the middle of a search. Never an absence; and the next search is answered on a new connection.</summary>
public class BrokenAnswerTests
{
    [Theory]
    [MemberData(nameof(Breakages.All), MemberType = typeof(Breakages))]
    public async Task A_broken_answer_is_a_fault_and_the_next_search_works(string breakage, LdapFaultKind kind)
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(Breakages.Script(breakage), LdapScripts.Answer)).Start();
        await using var client = (server.Options() with { Backoff = TimeSpan.Zero }).Client();

        var fault = (await client.AskAsync()).MustBeFault(kind);

        Assert.Contains($"127.0.0.1:{server.Port}", fault.Detail, StringComparison.Ordinal);
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(2, server.Ledger.Connections);
    }

    [Theory]
    [MemberData(nameof(Breakages.All), MemberType = typeof(Breakages))]
    public async Task All_searches_under_way_end_with_the_connection(string breakage, LdapFaultKind kind)
    {
        var all = new TaskCompletionSource();
        await using var server = Clients.Server().OnSearch(exchange =>
            exchange.Search.SizeLimit == 1 ? LdapScripts.After(all.Task, Breakages.Script(breakage))(exchange) : LdapScripts.Hang(exchange)).Start();
        await using var client = server.Options().Client();

        var outcomes = Enumerable.Range(0, 10)
            .Select(i => client.SearchAsync(Clients.Ask() with { SizeLimit = i }, CancellationToken.None).AsTask())
            .ToArray();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 10);
        all.SetResult();

        foreach (var outcome in await Task.WhenAll(outcomes))
            outcome.MustBeFault(kind);
    }

    [Fact]
    public async Task What_came_before_the_connection_was_lost_is_told()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.CloseInMidAnswer).Start();

        var outcome = await server.Options().AskOnceAsync();

        outcome.MustBeFault(LdapFaultKind.ConnectionLost);
        Assert.Equal("cn=first", Assert.Single(outcome.Entries).ObjectName);
    }

    [Fact]
    public async Task A_notice_of_disconnection_tells_its_code_and_words()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.NoticeOfDisconnection(ResultCode.Unavailable, "going\r\ndown")).Start();

        var fault = (await server.Options().AskOnceAsync()).MustBeFault(LdapFaultKind.ConnectionLost);

        Assert.Equal(ResultCode.Unavailable, fault.Code);
        Assert.EndsWith("unavailable (52): going  down", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_entries_than_a_lookup_may_bring_end_as_a_size_limit_and_are_abandoned()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.EndlessEntries).Start();
        await using var client = (server.Options() with { MaxEntries = 3 }).Client();

        var outcome = await client.AskAsync();

        Assert.Equal(ResultCode.SizeLimitExceeded, outcome.Result!.Code);
        Assert.Equal(3, outcome.Entries.Length);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Abandons == 1);
    }

    [Fact]
    public async Task More_references_than_a_lookup_may_bring_are_no_absence()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.References(LdapScripts.Answer, "ldap://a/", "ldap://b/")).Start();
        await using var client = (server.Options() with { MaxEntries = 1 }).Client();

        var outcome = await client.AskAsync("nobody@shared.example");

        Assert.Equal(ResultCode.SizeLimitExceeded, outcome.Result!.Code);
    }

    [Fact]
    public async Task More_octets_than_a_lookup_may_bring_end_as_a_size_limit()
    {
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            for (var i = 0; i < 3; i++)
                await exchange.SendEntryAsync($"cn={i}", ("description", new string('x', 1000)));
            await exchange.SendDoneAsync();
        }).Start();
        await using var client = (server.Options() with { MaxAnswerBytes = 2500 }).Client();

        var outcome = await client.AskAsync();

        Assert.Equal(ResultCode.SizeLimitExceeded, outcome.Result!.Code);
        Assert.Equal(2, outcome.Entries.Length);
    }

    [Fact]
    public async Task A_PDU_over_the_limit_is_a_fault_before_it_has_come()
    {
        await using var server = Clients.Server().OnSearch(exchange => exchange.Connection.SendBytesAsync(new byte[] { 0x30, 0x82, 0x10, 0x01, 0x02, 0x01 })).Start();

        (await (server.Options() with { MaxMessageBytes = 4096 }).AskOnceAsync()).MustBeFault(LdapFaultKind.ProtocolError);
    }
}
