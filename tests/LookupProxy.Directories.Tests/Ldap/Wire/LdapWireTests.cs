using System.Text;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.Ldap.Wire;

/// <summary>The directory with its real client, over the wire.</summary>
public class LdapWireTests
{
    private const string Anna = "anna@shared.example";
    private const string AnnaDn = "CN=Anna,OU=Staff," + Directory.Base;

    [Fact]
    public async Task Exists_and_absent_are_told_apart()
    {
        await using var server = Server().Start();
        await using var directory = Connect(server);
        Assert.Equal(AnnaDn, Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Anna)).Recipient.DistinguishedName);
        Assert.IsType<Answer.Absent>(await directory.Servers[0].AskAsync("nobody@shared.example"));
        Assert.Equal(server.Uri.ToString().TrimEnd('/'), directory.Servers[0].Name);
    }

    [Fact]
    public async Task No_result_code_but_success_is_an_absence()
    {
        await using var server = Server().Start();
        await using var directory = Connect(server);
        for (var code = 1; code <= 123; code++)
        {
            server.OnSearch(LdapScripts.Result((ResultCode)code, "no", "ldap://elsewhere.example/"));
            Assert.IsType<Answer.Unknown>(await directory.Servers[0].AskAsync("nobody@shared.example"));
        }
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.TimeLimitExceeded)]
    [InlineData(ResultCode.Busy)]
    public async Task An_entry_before_an_error_exists(ResultCode code)
    {
        await using var server = Server().OnSearch(async exchange =>
        {
            await exchange.SendEntryAsync(AnnaDn, ("mail", Anna));
            await exchange.SendDoneAsync(code);
        }).Start();
        await using var directory = Connect(server);
        Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Anna));
    }

    [Fact]
    public async Task No_broken_answer_is_an_absence()
    {
        LdapScript[] faults =
        [
            LdapScripts.Reset, LdapScripts.Close, LdapScripts.CloseInMidAnswer, LdapScripts.HugeAnswer, LdapScripts.Garbage,
            LdapScripts.ExtendedEnd, LdapScripts.WrongMessageId(7), LdapScripts.NoticeOfDisconnection(ResultCode.Unavailable),
            LdapScripts.EndlessEntries,
            exchange => exchange.SendAsync(new ExtendedResponse(new LdapResult(ResultCode.Success))),
        ];
        foreach (var fault in faults)
        {
            await using var server = Server().OnSearch(fault).Start();
            await using var directory = Connect(server);
            Assert.IsNotType<Answer.Absent>(await directory.Servers[0].AskAsync("nobody@shared.example"));
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        var server = Server().Start();
        await using var directory = Connect(server);
        await server.DisposeAsync();
        Assert.Equal(UnknownReason.Unreachable, Assert.IsType<Answer.Unknown>(await directory.Servers[0].AskAsync(Anna)).Reason);
        Assert.Equal(UnknownReason.Unreachable, (await directory.Servers[0].ProbeAsync(CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task A_wrong_password_is_a_refused_bind_and_says_so()
    {
        await using var server = Server().WithAccount("cn=svc", "right").Start();
        await using var directory = Connect(server, bind: new() { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "wr0ng-secret" });
        var unknown = Assert.IsType<Answer.Unknown>(await directory.Servers[0].AskAsync(Anna));
        Assert.Equal(UnknownReason.BindRefused, unknown.Reason);
        Assert.Contains("(49)", unknown.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-secret", unknown.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_base_is_no_absence()
    {
        await using var server = Server().WithBase(Directory.Base).Start();
        await using var directory = Connect(server, "dc=contso,dc=example");
        Assert.Equal(UnknownReason.BaseNotFound, Assert.IsType<Answer.Unknown>(await directory.Servers[0].AskAsync("nobody@shared.example")).Reason);
        Assert.Equal(UnknownReason.BaseNotFound, (await directory.Servers[0].ProbeAsync(CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task Active_Directory_s_references_do_not_count_and_a_child_domain_does()
    {
        string[] partitions =
        [
            "ldap://contoso.example/CN=Configuration,DC=contoso,DC=example",
            "ldap://DomainDnsZones.contoso.example/DC=DomainDnsZones,DC=contoso,DC=example",
            "ldap://ForestDnsZones.contoso.example/DC=ForestDnsZones,DC=contoso,DC=example",
        ];
        await using var server = Server().OnSearch(LdapScripts.References(LdapScripts.Answer, partitions)).Start();
        await using var directory = Connect(server);
        Assert.IsType<Answer.Absent>(await directory.Servers[0].AskAsync("nobody@shared.example"));

        server.OnSearch(LdapScripts.References(LdapScripts.Answer, [.. partitions, "ldap://child.contoso.example/DC=child,DC=contoso,DC=example"]));
        var unknown = Assert.IsType<Answer.Unknown>(await directory.Servers[0].AskAsync("nobody@shared.example"));
        Assert.Equal(UnknownReason.Referral, unknown.Reason);
        Assert.Contains("global catalog", unknown.Detail, StringComparison.Ordinal);
        Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Anna));
    }

    [Fact]
    public async Task An_injected_filter_arrives_as_a_value()
    {
        await using var server = Server().Start();
        await using var directory = Connect(server);
        Assert.IsType<Answer.Absent>(await directory.Servers[0].AskAsync("\"*)(mail=*\"@shared.example"));

        var search = (SearchRequest)server.Ledger.Requests.First(request => request.Message.Operation is SearchRequest).Message.Operation;
        var values = Assert.IsType<LdapFilter.Or>(search.Filter).Operands.Select(operand => Encoding.UTF8.GetString(Assert.IsType<LdapFilter.Equality>(operand).Value.Span));
        Assert.Equal(
            ["smtp:\"*)(mail=*\"@shared.example", "smtp:*)(mail=*@shared.example", "\"*)(mail=*\"@shared.example", "*)(mail=*@shared.example"],
            values);
    }

    [Fact]
    public async Task A_cancelled_question_is_abandoned()
    {
        await using var server = Server().OnSearch(LdapScripts.Hang).Start();
        await using var directory = Connect(server);
        using var cancel = new CancellationTokenSource();
        var asked = directory.Servers[0].AskAsync(Directory.Address(Anna), cancel.Token).AsTask();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await server.Ledger.WaitUntilAsync(ledger => ledger.Abandons == 1);
    }

    [Fact]
    public async Task Every_base_is_searched_and_the_first_hit_abandons_the_rest()
    {
        await using var server = Server()
            .OnSearch(exchange => exchange.Search.BaseObject.StartsWith("OU=Slow", StringComparison.Ordinal) ? LdapScripts.Hang(exchange) : LdapScripts.Answer(exchange))
            .Start();
        await using var directory = Connect(server, "OU=Slow," + Directory.Base, "OU=Staff," + Directory.Base);
        Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Anna));
        await server.Ledger.WaitUntilAsync(ledger => ledger.Abandons == 1);
    }

    private static ScriptedLdapServer Server() => new ScriptedLdapServer()
        .WithEntry(Directory.Base, ("objectClass", "domain"))
        .WithEntry(AnnaDn, ("objectClass", "user"), ("mail", Anna), ("proxyAddresses", "SMTP:" + Anna));

    private static LdapDirectory Connect(ScriptedLdapServer server, params string[] baseDns) => Connect(server, new LdapBindOptions(), baseDns);

    private static LdapDirectory Connect(ScriptedLdapServer server, LdapBindOptions bind, params string[] baseDns) => LdapDirectory.Create(
        Directory.Options(Directory.Schema("active-directory"), baseDns) with { Servers = [new() { Uri = server.Uri, Bind = bind }] },
        options => LdapClient.Create(options, NullLogger.Instance, TimeProvider.System));
}
