using System.Collections.Immutable;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.Ldap.Searching;

/// <summary>Searches for recipients with the real client, over the wire.</summary>
public sealed class SearchWireTests
{
    private const string AnnaDn = "CN=Anna,OU=Staff," + Directory.Base;

    private static readonly RecipientQuestion Everybody = new("(objectClass=*)");

    [Fact]
    public async Task Everybody_with_an_address_is_found_with_all_addresses()
    {
        await using var server = Server().Start();

        var found = await FindAsync(Everybody, server);

        Assert.Equal(["anna@shared.example", "zoe@shared.example"], found.Select(static recipient => recipient.Recipient.PrimaryAddress).Order(StringComparer.Ordinal));
        var anna = found.Single(static recipient => recipient.Recipient.DistinguishedName == AnnaDn);
        Assert.Equal(["anna@shared.example", "a.s@shared.example"], anna.Addresses.Select(static address => address.Text));
    }

    [Fact]
    public async Task What_the_directory_may_decide_it_decides_and_only_that_is_sent()
    {
        await using var server = Server().Start();
        var question = new RecipientQuestion("(&(objectClass=user)(title=Head)(department=Sales)(memberOf=cn=staff))")
        {
            Decidable = ["title", "department", "memberOf"],
            Extra = ["memberOf", "manager"],
        };

        var found = Assert.Single(await FindAsync(question, server));

        var sent = Assert.Single(server.Ledger.Requests.Select(static request => request.Message.Operation).OfType<SearchRequest>(), static search => search.Attributes.Contains("mail"));
        var filter = FilterText.Format(sent.Filter);
        Assert.Contains("(title=Head)", filter, StringComparison.Ordinal);
        Assert.Contains("(memberOf=cn=staff)", filter, StringComparison.Ordinal);
        // Not published, so not to be asked about.
        Assert.DoesNotContain("department", filter, StringComparison.Ordinal);
        Assert.DoesNotContain("objectClass=user", filter, StringComparison.Ordinal);
        Assert.Contains("memberOf", sent.Attributes);
        Assert.DoesNotContain("manager", sent.Attributes);
        Assert.Equal(["cn=staff"], found.Extra["memberOf"]);
        Assert.False(found.Recipient.Attributes.ContainsKey("memberOf"));
    }

    [Theory]
    [InlineData("OU=Staff," + Directory.Base, SearchReach.OneLevel, "OU=Staff," + Directory.Base, SearchScope.SingleLevel)]
    [InlineData(AnnaDn, SearchReach.Base, AnnaDn, SearchScope.BaseObject)]
    [InlineData("dc=example", SearchReach.Subtree, Directory.Base, SearchScope.WholeSubtree)]
    public async Task A_base_is_taken_over_as_far_as_it_lies_in_the_directory(string @base, SearchReach reach, string searched, SearchScope scope)
    {
        await using var server = Server().Start();

        await FindAsync(Everybody with { Base = @base, Reach = reach }, server);

        var sent = Assert.Single(server.Ledger.Requests.Select(static request => request.Message.Operation).OfType<SearchRequest>(), static search => search.Attributes.Contains("mail"));
        Assert.Equal((searched, scope), (sent.BaseObject, sent.Scope));
    }

    [Theory]
    [InlineData("ou=x," + Directory.Base, true)]
    [InlineData("dc=example", true)]
    [InlineData("dc=fabrikam,dc=example", false)]
    public async Task A_directory_knows_which_names_it_holds(string name, bool holds)
    {
        await using var server = Server().Start();
        await using var directory = Connect(server);

        Assert.Equal(holds, directory.Holds(name));
    }

    [Fact]
    public async Task Every_code_but_success_is_a_failure_also_after_entries()
    {
        await using var server = Server().Start();
        for (var code = 1; code <= 80; code++)
        {
            var last = (ResultCode)code;
            server.OnSearch(async exchange =>
            {
                await exchange.SendEntryAsync(AnnaDn, ("mail", "anna@shared.example"));
                await exchange.SendDoneAsync(last);
            });
            await Assert.ThrowsAsync<ListingException>(() => FindAsync(Everybody, server));
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_off_and_a_reference_are_failures()
    {
        await using var server = Server().OnSearch(LdapScripts.CloseInMidAnswer).Start();
        Assert.Equal(UnknownReason.ConnectionLost, (await Assert.ThrowsAsync<ListingException>(() => FindAsync(Everybody, server))).Reason);
        server.OnSearch(LdapScripts.References(LdapScripts.Answer, "ldap://elsewhere.example/dc=child,dc=contoso,dc=example"));
        Assert.Equal(UnknownReason.Referral, (await Assert.ThrowsAsync<ListingException>(() => FindAsync(Everybody, server))).Reason);
    }

    [Fact]
    public async Task Nobody_at_all_is_a_failure_and_nobody_who_matches_is_none()
    {
        await using var server = Server().Start();
        Assert.Empty(await FindAsync(new RecipientQuestion("(title=Nothing)") { Decidable = ["title"] }, server));

        await using var empty = new ScriptedLdapServer().WithBase(Directory.Base).Start();
        Assert.Equal(UnknownReason.NotReady, (await Assert.ThrowsAsync<ListingException>(() => FindAsync(Everybody, empty))).Reason);
    }

    [Theory]
    // Anna has a group, so the server knows and shows them.
    [InlineData("(memberOf=cn=other)", false)]
    [InlineData("(!(memberOf=cn=other))", false)]
    // Nobody has a manager: perhaps the server does not know what that is, unless the name is in no tree of its own.
    [InlineData("(manager=cn=boss,dc=example)", true)]
    [InlineData("(!(manager=cn=boss,dc=example))", true)]
    [InlineData("(manager=*)", true)]
    [InlineData("(manager=cn=boss,dc=elsewhere)", false)]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example)", true)]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=elsewhere)", false)]
    public async Task Nobody_is_not_believed_of_a_server_that_may_not_know_what_was_asked(string filter, bool fails)
    {
        await using var server = Server().Start();
        server.Entries.RootDse = ScriptedEntry.Create("", ("objectClass", "top"), ("namingContexts", "dc=example"));
        var question = new RecipientQuestion(filter) { Decidable = ["memberOf", "manager"], Extra = ["memberOf", "manager"] };

        if (fails)
            Assert.Equal(UnknownReason.NotReady, (await Assert.ThrowsAsync<ListingException>(() => FindAsync(question, server))).Reason);
        else
            await FindAsync(question, server);
    }

    [Fact]
    public async Task A_server_that_does_not_tell_its_trees_may_have_any_group()
    {
        await using var server = Server().Start();
        var question = new RecipientQuestion("(manager=cn=boss,dc=elsewhere)") { Decidable = ["manager"], Extra = ["manager"] };

        await Assert.ThrowsAsync<ListingException>(() => FindAsync(question, server));
    }

    [Fact]
    public async Task An_Active_Directory_is_believed_about_nested_groups()
    {
        await using var server = Server().Start();
        server.Entries.RootDse = ScriptedEntry.Create("", ("namingContexts", "dc=example"), ("supportedCapabilities", Oids.ActiveDirectory));
        var question = new RecipientQuestion("(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example)") { Decidable = ["memberOf"], Extra = ["memberOf"] };

        await FindAsync(question, server);
    }

    [Fact]
    public async Task When_a_server_fails_the_next_is_asked_from_the_beginning()
    {
        await using var broken = Server().OnSearch(LdapScripts.CloseInMidAnswer).Start();
        await using var good = Server().Start();

        var found = await FindAsync(Everybody, broken, good);

        Assert.Equal(2, found.Select(static recipient => recipient.Recipient.DistinguishedName).Distinct().Count());
    }

    [Fact]
    public async Task A_domain_controller_that_is_behind_has_no_whole_list_and_the_next_is_asked()
    {
        await using var behind = Server().Start();
        behind.Entries.RootDse = ScriptedEntry.Create("", ("isSynchronized", "FALSE"));
        behind.Entries.Remove("CN=Zoe," + Directory.Base);
        await using var other = Server().Start();
        var schema = Directory.Schema("active-directory");

        Assert.Equal(UnknownReason.Distrusted, (await Assert.ThrowsAsync<ListingException>(() => FindAsync(Everybody, schema, behind))).Reason);
        Assert.Equal(2, (await FindAsync(Everybody, schema, behind, other)).Length);
    }

    [Fact]
    public async Task It_is_read_in_pages_as_the_caller_takes_them()
    {
        await using var server = Server().OnSearch(async exchange =>
        {
            if (exchange.Search.BaseObject.Length == 0)
            {
                await exchange.SendDoneAsync();
                return;
            }

            var isSecond = PagedResults.TryRead(exchange.Message.Controls.Find(Oids.PagedResults), out var paged) && !paged.Cookie.IsEmpty;
            await exchange.SendEntryAsync(isSecond ? "cn=2" : "cn=1", ("mail", isSecond ? "two@shared.example" : "one@shared.example"));
            await exchange.Connection.SendAsync(new LdapMessage(exchange.Message.MessageId, new SearchResultDone(new LdapResult(ResultCode.Success)))
            {
                Controls = [new PagedResults(0, isSecond ? default(ReadOnlyMemory<byte>) : "next"u8.ToArray()).ToControl(critical: false)],
            });
        }).Start();
        await using var directory = Connect(server);
        await using var pages = directory.SearchAsync(Everybody, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await pages.MoveNextAsync());
        Assert.Equal("one@shared.example", Assert.Single(pages.Current).Recipient.PrimaryAddress);
        Assert.Single(server.Ledger.Requests.Select(static request => request.Message.Operation).OfType<SearchRequest>(), static search => search.Attributes.Contains("mail"));
        Assert.True(await pages.MoveNextAsync());
        Assert.Equal("two@shared.example", Assert.Single(pages.Current).Recipient.PrimaryAddress);
        Assert.False(await pages.MoveNextAsync());
    }

    private static ScriptedLdapServer Server() => new ScriptedLdapServer()
        .WithBase(Directory.Base)
        .WithEntry(AnnaDn, ("objectClass", "user"), ("mail", "anna@shared.example"), ("mailLocalAddress", "a.s@shared.example"), ("title", "Head"), ("memberOf", "cn=staff"))
        .WithEntry("CN=Zoe," + Directory.Base, ("objectClass", "user"), ("mail", "zoe@shared.example"))
        .WithEntry("CN=Printer," + Directory.Base, ("objectClass", "device"));

    private static LdapDirectory Connect(params ScriptedLdapServer[] servers) => Connect(Directory.Schema("openldap"), servers);

    private static LdapDirectory Connect(LdapSchema schema, ScriptedLdapServer[] servers) => LdapDirectory.Create(
        Directory.Options(schema) with
        {
            Servers = [.. servers.Select(static server => new LdapServerOptions { Uri = server.Uri, ConnectTimeout = TimeSpan.FromSeconds(20) })],
            PublishedAttributes = ["mail", "title"],
        },
        static options => LdapClient.Create(options, NullLogger.Instance, TimeProvider.System));

    private static Task<ImmutableArray<FoundRecipient>> FindAsync(RecipientQuestion question, params ScriptedLdapServer[] servers) =>
        FindAsync(question, Directory.Schema("openldap"), servers);

    private static async Task<ImmutableArray<FoundRecipient>> FindAsync(RecipientQuestion question, LdapSchema schema, params ScriptedLdapServer[] servers)
    {
        await using var directory = Connect(schema, servers);
        var found = ImmutableArray.CreateBuilder<FoundRecipient>();
        await foreach (var page in directory.SearchAsync(question, TestContext.Current.CancellationToken))
            found.AddRange(page);
        return found.DrainToImmutable();
    }
}
