using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

public class FullReadingTests
{
    private static readonly LdapListingOptions Options = new() { PageSize = 10, Changes = ChangesMethod.None };

    [Theory]
    [InlineData(0, int.MaxValue)]
    [InlineData(10, int.MaxValue)]
    [InlineData(95, int.MaxValue)]
    [InlineData(95, 7)]
    public async Task All_pages_are_read(int people, int maxPageSize)
    {
        await using var server = new ScriptedLdapServer().WithPeople(people).OnSearch(new PagedAnswer(maxPageSize, estimate: people).RunAsync).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        var batches = await directory.ReadAsync();

        Assert.True(batches.IsFull());
        Assert.Equal(Enumerable.Range(0, people).Select(Listed.Mail), batches.Addresses());
        Assert.All(batches, batch => Assert.InRange(batch.Recipients.Length, 0, 10));
        Assert.Null(batches.Mark());
        Assert.All(batches.SkipLast(1), batch => Assert.Equal(people, batch.Expected));
    }

    [Fact]
    public async Task A_server_without_pages_is_read_in_pieces()
    {
        await using var server = new ScriptedLdapServer().WithPeople(95).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        var batches = await directory.ReadAsync();

        Assert.Equal(95, batches.Addresses().Count());
        Assert.All(batches, batch => Assert.InRange(batch.Recipients.Length, 0, 10));
    }

    public static TheoryData<string, UnknownReason> Ends => new()
    {
        { "size limit", UnknownReason.SizeLimit },
        { "admin limit", UnknownReason.SizeLimit },
        { "time limit", UnknownReason.TimeLimit },
        { "cookie too old", UnknownReason.AccessRefused },
        { "busy", UnknownReason.Busy },
        { "base gone", UnknownReason.BaseNotFound },
        { "closed", UnknownReason.ConnectionLost },
        { "reset", UnknownReason.ConnectionLost },
        { "garbage", UnknownReason.ProtocolError },
        { "referral", UnknownReason.Referral },
        { "success with a referral", UnknownReason.Referral },
        { "extended refusal", UnknownReason.ServerError },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task No_end_but_success_on_the_last_page_is_a_reading(string end, UnknownReason reason)
    {
        await using var server = new ScriptedLdapServer().WithPeople(95).OnSearch(new PagedAnswer().Instead(7, Script(end)).RunAsync).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        await directory.FailAsync(reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_server_that_gives_the_same_pages_again_and_again_fails_the_reading(int pages)
    {
        var asked = 0;
        await using var server = new ScriptedLdapServer().WithPeople(pages).OnSearch(async exchange =>
        {
            if (exchange.Message.Controls.Find(LookupProxy.Ldap.Oids.PagedResults) is null)
            {
                await LdapScripts.Answer(exchange);
                return;
            }

            // So that nobody waits for ever who does not notice.
            if (asked == 100)
                exchange.Connection.Close();
            await exchange.SendAsync(exchange.Server.Entries.Find(exchange.Search).ElementAt(asked++ % pages));
            await exchange.SendAsync(
                new SearchResultDone(new LdapResult(ResultCode.Success)), new PagedResults(0, "1"u8.ToArray()).ToControl(critical: false));
        }).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        await directory.FailAsync(UnknownReason.ProtocolError);
    }

    [Fact]
    public async Task A_cookie_that_the_server_does_not_know_any_more_fails_the_reading()
    {
        var paged = new PagedAnswer();
        await using var server = new ScriptedLdapServer().WithPeople(95).OnSearch(async exchange =>
        {
            if (paged.Pages == 3)
                exchange = new LdapExchange(exchange.Server, exchange.Connection, exchange.Message with { Controls = [new LookupProxy.Ldap.Controls.PagedResults(10, new byte[] { (byte)'9', (byte)':', (byte)'1' }).ToControl()] });
            await paged.RunAsync(exchange);
        }).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        var thrown = await directory.FailAsync(UnknownReason.AccessRefused);

        Assert.Contains("cookie", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active-directory", "ldaps://contoso.example/CN=Configuration,DC=contoso,DC=example", false)]
    [InlineData("active-directory", "ldaps://child.contoso.example/DC=child,DC=contoso,DC=example", true)]
    [InlineData("openldap", "ldap://elsewhere.example/ou=more,dc=contoso,dc=example", true)]
    public async Task A_reference_to_what_may_hold_recipients_fails_the_reading(string schema, string reference, bool fails)
    {
        await using var server = new ScriptedLdapServer().WithPeople(5).OnSearch(LdapScripts.References(LdapScripts.Answer, reference)).Start();
        await using var directory = Options.ConnectTo(schema, server);

        if (fails)
            await directory.FailAsync(UnknownReason.Referral);
        else
            Assert.Equal(5, (await directory.ReadAsync()).Addresses().Count());
    }

    [Fact]
    public async Task The_next_server_is_read_when_one_is_down_and_after_one_has_failed()
    {
        await using var down = new ScriptedLdapServer().Start();
        await using var limited = new ScriptedLdapServer().WithPeople(5).OnSearch(LdapScripts.Result(ResultCode.SizeLimitExceeded)).Start();
        await using var good = new ScriptedLdapServer().WithPeople(5).Start();
        down.StopListening();
        await using var directory = Options.ConnectTo("openldap", down, limited, good);

        await directory.FailAsync(UnknownReason.SizeLimit);
        Assert.Equal(5, (await directory.ReadAsync()).Addresses().Count());
        Assert.Equal(1, good.Ledger.Connections);
    }

    [Fact]
    public async Task When_no_server_can_be_reached_the_reading_fails()
    {
        await using var down = new ScriptedLdapServer().Start();
        down.StopListening();
        await using var directory = Options.ConnectTo("openldap", down);

        await directory.FailAsync(UnknownReason.Unreachable);
    }

    [Fact]
    public async Task A_filter_that_holds_no_address_cannot_be_listed()
    {
        var options = Directory.Options(Directory.Schema("openldap") with { Filter = "(uid={local})" });
        await using var directory = LdapDirectory.Create(options, _ => new FakeSearcher(new ScriptedEntries()));

        await directory.FailAsync(UnknownReason.NotReady);
    }

    [Fact]
    public async Task A_reading_that_is_given_up_closes_its_connection()
    {
        await using var server = new ScriptedLdapServer().WithPeople(95).OnSearch(new PagedAnswer().RunAsync).Start();
        await using var directory = Options.ConnectTo("openldap", server);

        await foreach (var batch in directory.ReadAsync(since: null, TestContext.Current.CancellationToken))
        {
            Assert.NotEmpty(batch.Recipients);
            break;
        }

        await server.Ledger.WaitUntilAsync(ledger => ledger is { Connections: 1, OpenConnections: 0 });
    }

    [Fact]
    public async Task A_reading_can_be_cancelled()
    {
        await using var server = new ScriptedLdapServer().WithPeople(95).OnSearch(new PagedAnswer().Instead(3, LdapScripts.Hang).RunAsync).Start();
        await using var directory = Options.ConnectTo("openldap", server);
        using var cancellation = new CancellationTokenSource();

        var reading = Task.Run(async () =>
        {
            await foreach (var _ in directory.ReadAsync(since: null, cancellation.Token))
            {
                // To the third page.
            }
        });
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 4);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static LdapScript Script(string end) => end switch
    {
        "size limit" => LdapScripts.Result(ResultCode.SizeLimitExceeded),
        "admin limit" => LdapScripts.Result(ResultCode.AdminLimitExceeded),
        "time limit" => LdapScripts.Result(ResultCode.TimeLimitExceeded),
        "cookie too old" => LdapScripts.Result(ResultCode.UnwillingToPerform, "cookie is invalid or old"),
        "busy" => LdapScripts.Result(ResultCode.Busy),
        "base gone" => LdapScripts.Result(ResultCode.NoSuchObject),
        "closed" => LdapScripts.CloseInMidAnswer,
        "reset" => LdapScripts.Reset,
        "garbage" => LdapScripts.Garbage,
        "referral" => LdapScripts.Result(ResultCode.Referral, "", "ldap://elsewhere.example/"),
        "success with a referral" => LdapScripts.Result(ResultCode.Success, "", "ldap://elsewhere.example/"),
        "extended refusal" => LdapScripts.ExtendedEnd,
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };
}
