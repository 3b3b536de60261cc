using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Searching;

public class AnswerTests
{
    [Fact]
    public async Task An_entry_comes_back_with_its_result()
    {
        await using var server = Clients.Server().Start();

        var outcome = await server.Options().AskOnceAsync();

        var attribute = Assert.Single(outcome.MustBeAnna().Attributes);
        Assert.Equal("mail", attribute.Description);
    }

    [Fact]
    public async Task No_match_is_success_with_no_entry()
    {
        await using var server = Clients.Server().Start();
        await using var client = server.Options().Client();

        var outcome = await client.AskAsync("nobody@shared.example");

        Assert.Null(outcome.Fault);
        Assert.Equal(ResultCode.Success, outcome.Result!.Code);
        Assert.Empty(outcome.Entries);
        Assert.Empty(outcome.References);
    }

    [Theory]
    [InlineData(ResultCode.OperationsError)]
    [InlineData(ResultCode.ProtocolError)]
    [InlineData(ResultCode.TimeLimitExceeded)]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.Referral)]
    [InlineData(ResultCode.AdminLimitExceeded)]
    [InlineData(ResultCode.NoSuchObject)]
    [InlineData(ResultCode.InvalidCredentials)]
    [InlineData(ResultCode.InsufficientAccessRights)]
    [InlineData(ResultCode.Busy)]
    [InlineData(ResultCode.Unavailable)]
    [InlineData(ResultCode.UnwillingToPerform)]
    [InlineData(ResultCode.Other)]
    [InlineData((ResultCode)4096)]
    public async Task The_servers_result_comes_back_as_it_is(ResultCode code)
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Result(code, "why", "ldap://elsewhere/")).Start();

        var outcome = await server.Options().AskOnceAsync();

        Assert.Null(outcome.Fault);
        Assert.Equal(code, outcome.Result!.Code);
        Assert.Equal("why", outcome.Result.DiagnosticMessage);
        Assert.Equal(["ldap://elsewhere/"], outcome.Result.Referral);
    }

    [Fact]
    public async Task References_are_gathered_and_not_followed()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.References(LdapScripts.Answer, "ldap://a/", "ldap://b/")).Start();

        var outcome = await server.Options().AskOnceAsync();

        Assert.Equal(["ldap://a/", "ldap://b/"], outcome.References);
        outcome.MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task Several_entries_keep_their_order()
    {
        await using var server = Clients.Server().OnSearch(async exchange =>
        {
            foreach (var number in Enumerable.Range(0, 5))
                await exchange.SendEntryAsync($"cn={number}");
            await exchange.SendDoneAsync();
        }).Start();

        var outcome = await server.Options().AskOnceAsync();

        Assert.Equal(["cn=0", "cn=1", "cn=2", "cn=3", "cn=4"], outcome.Entries.Select(entry => entry.ObjectName));
    }

    [Fact]
    public async Task Intermediate_responses_and_unsolicited_notifications_are_ignored()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Unsolicited(async exchange =>
        {
            await exchange.SendAsync(new IntermediateResponse("1.3.6.1.4.1.99999.2", null));
            await LdapScripts.Answer(exchange);
        })).Start();

        (await server.Options().AskOnceAsync()).MustBeAnna();
    }

    [Fact]
    public async Task A_refusal_in_an_extended_response_ends_the_search()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.InTurn(LdapScripts.ExtendedEnd, LdapScripts.Answer)).Start();
        await using var client = server.Options().Client();

        var outcome = await client.AskAsync();

        Assert.Equal(ResultCode.UnavailableCriticalExtension, outcome.Result!.Code);
        (await client.AskAsync()).MustBeAnna();
        Assert.Equal(1, server.Ledger.Connections);
    }

    [Fact]
    public async Task Success_in_anything_but_a_search_result_is_a_fault_and_no_absence()
    {
        await using var server = Clients.Server().OnSearch(exchange => exchange.SendAsync(new ExtendedResponse(new LdapResult(ResultCode.Success)))).Start();

        (await server.Options().AskOnceAsync()).MustBeFault(LdapFaultKind.ProtocolError);
    }
}
