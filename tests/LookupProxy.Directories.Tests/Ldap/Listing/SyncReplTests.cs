using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>RFC 4533 on a scripted server: what it may tell, and what it must not.</summary>
public class SyncReplTests
{
    /// <summary>e-syncRefreshRequired, RFC 4533 2.6.</summary>
    private const ResultCode RefreshRequired = (ResultCode)4096;

    private static readonly Guid Anna = new("11111111-0000-0000-0000-000000000000");
    private static readonly Guid Bert = new("22222222-0000-0000-0000-000000000000");
    private static readonly Guid Carl = new("33333333-0000-0000-0000-000000000000");

    [Fact]
    public async Task A_refresh_without_a_cookie_is_a_full_reading()
    {
        await using var server = Server();
        await using var directory = Connect(server);

        var read = await directory.ReadAsync();

        Assert.True(read.IsFull());
        Assert.Equal(["anna@shared.example", "bert@shared.example"], read.Addresses());
        Assert.Equal([$"{Anna:D}", $"{Bert:D}"], read.SelectMany(batch => batch.Recipients).Select(recipient => recipient.Id));
        Assert.Equal("syncrepl", read.Mark()!.Method);
        Assert.True(read[^1].TellsGone);
    }

    [Fact]
    public async Task Changes_with_deletions_are_told()
    {
        await using var server = Server(onCookie: async exchange =>
        {
            await InfoAsync(exchange, new SyncInfoIds(RefreshDeletes: true, Bert));
            await EntryAsync(exchange, SyncEntryState.Modify, Anna, "anna.new");
            await EntryAsync(exchange, SyncEntryState.Add, Carl, "carl");
            await DoneAsync(exchange, "c2", refreshDeletes: true);
        });
        await using var directory = Connect(server);
        var mark = (await directory.ReadAsync()).Mark();

        var read = await directory.ReadAsync(mark);

        Assert.False(read.IsFull());
        Assert.Equal(["anna.new@shared.example", "carl@shared.example"], read.Addresses());
        Assert.Equal([$"{Bert:D}"], read.Gone());
        Assert.False(read[^1].OthersGone);
        Assert.NotEqual(mark!.Value.ToArray(), read.Mark()!.Value.ToArray());
    }

    [Fact]
    public async Task The_present_phase_means_that_all_else_is_gone()
    {
        await using var server = Server(onCookie: async exchange =>
        {
            await InfoAsync(exchange, new SyncInfoIds(RefreshDeletes: false, Bert));
            await EntryAsync(exchange, SyncEntryState.Add, Carl, "carl");
            await DoneAsync(exchange, "c2", refreshDeletes: false);
        });
        await using var directory = Connect(server);

        var read = await directory.ReadAsync((await directory.ReadAsync()).Mark());

        Assert.False(read.IsFull());
        Assert.Equal(["carl@shared.example"], read.Addresses());
        Assert.Equal([$"{Bert:D}"], read.SelectMany(batch => batch.Unchanged));
        Assert.True(read[^1].OthersGone);
        Assert.All(read.SkipLast(1), batch => Assert.False(batch.OthersGone));
    }

    [Fact]
    public async Task An_entry_that_is_no_recipient_any_more_is_gone()
    {
        await using var server = Server(onCookie: async exchange =>
        {
            await exchange.SendAsync(ScriptedEntry.Create("cn=anna", ("description", "left")), new SyncState(SyncEntryState.Modify, Anna).ToControl());
            await EntryAsync(exchange, SyncEntryState.Delete, Bert, "bert");
            await DoneAsync(exchange, "c2", refreshDeletes: true);
        });
        await using var directory = Connect(server);

        var read = await directory.ReadAsync((await directory.ReadAsync()).Mark());

        Assert.Empty(read.Addresses());
        Assert.Equal([$"{Anna:D}", $"{Bert:D}"], read.Gone());
    }

    [Theory]
    [InlineData("ou=a", "ou=b")]
    [InlineData("ou=b", "ou=a")]
    public async Task Who_was_moved_from_one_base_to_another_is_not_gone(string first, string second)
    {
        await using var server = Server(onCookie: async exchange =>
        {
            if (exchange.Search.BaseObject.StartsWith("ou=a", StringComparison.Ordinal))
                await EntryAsync(exchange, SyncEntryState.Add, Bert, "bert");
            else
                await InfoAsync(exchange, new SyncInfoIds(RefreshDeletes: true, Bert));
            await DoneAsync(exchange, "c2", refreshDeletes: true);
        });
        await using var directory = new LdapListingOptions { PageSize = 1 }.ConnectTo("openldap", [$"{first},{Directory.Base}", $"{second},{Directory.Base}"], server);

        var read = await directory.ReadAsync((await directory.ReadAsync()).Mark());

        Assert.False(read.IsFull());
        Assert.Equal(["bert@shared.example"], read.Addresses());
        Assert.Empty(read.Gone());
    }

    [Fact]
    public async Task Who_came_and_went_in_one_answer_is_gone()
    {
        await using var server = Server(onCookie: async exchange =>
        {
            await EntryAsync(exchange, SyncEntryState.Add, Carl, "carl");
            await InfoAsync(exchange, new SyncInfoIds(RefreshDeletes: true, Carl));
            await DoneAsync(exchange, "c2", refreshDeletes: true);
        });
        await using var directory = Connect(server);

        var read = await directory.ReadAsync((await directory.ReadAsync()).Mark());

        Assert.Empty(read.Addresses());
        Assert.Equal([$"{Carl:D}"], read.Gone());
    }

    [Theory]
    [InlineData("refresh required")]
    [InlineData("nothing is present")]
    [InlineData("protocol error")]
    public async Task A_cookie_that_is_of_no_use_leads_to_a_full_reading(string answer)
    {
        await using var server = Server(onCookie: answer switch
        {
            "refresh required" => LdapScripts.Result(RefreshRequired),
            "protocol error" => LdapScripts.Result(ResultCode.ProtocolError, "malformed cookie"),
            // Taken at its word, this would mean that everybody has gone.
            _ => exchange => DoneAsync(exchange, "c2", refreshDeletes: false),
        });
        await using var directory = Connect(server);

        var read = await directory.ReadAsync((await directory.ReadAsync()).Mark());

        Assert.True(read.IsFull());
        Assert.Equal(2, read.Addresses().Count());
    }

    [Theory]
    [InlineData("busy", UnknownReason.Busy)]
    [InlineData("closed", UnknownReason.ConnectionLost)]
    [InlineData("an entry without its state", UnknownReason.ProtocolError)]
    [InlineData("an end without its state", UnknownReason.ProtocolError)]
    [InlineData("a reference", UnknownReason.Referral)]
    public async Task Changes_that_do_not_come_to_their_end_are_none(string fault, UnknownReason reason)
    {
        await using var server = Server(onCookie: async exchange =>
        {
            await EntryAsync(exchange, SyncEntryState.Modify, Anna, "anna.new");
            switch (fault)
            {
                case "busy":
                    await exchange.SendDoneAsync(ResultCode.Busy);
                    break;
                case "closed":
                    exchange.Connection.Close();
                    break;
                case "an entry without its state":
                    await exchange.SendEntryAsync("cn=bert", ("mail", "bert@shared.example"));
                    break;
                case "a reference":
                    await exchange.SendAsync(new SearchResultReference(["ldap://elsewhere.example/ou=more,dc=contoso"]));
                    break;
                default:
                    await exchange.SendDoneAsync();
                    break;
            }
        });
        await using var directory = Connect(server);
        var mark = (await directory.ReadAsync()).Mark();

        await directory.FailAsync(reason, mark);
    }

    [Fact]
    public async Task A_389_Directory_Server_is_not_asked_for_its_control()
    {
        await using var server = Server(onCookie: exchange => DoneAsync(exchange, "c2", refreshDeletes: false));
        server.Entries.RootDse = RootDse.With("vendorVersion", "389-Directory/2.3.1 B2023.000.0000"u8.ToArray());
        server.Entries.Add(ScriptedEntry.Create("uid=dora," + Directory.Base, ("mail", "dora@shared.example")));
        await using var directory = Connect(server);

        var read = await directory.ReadAsync();

        Assert.Equal(["dora@shared.example"], read.Addresses());
        Assert.NotEqual("syncrepl", read.Mark()?.Method);
    }

    [Fact]
    public async Task Where_all_at_once_is_too_much_pages_are_read()
    {
        await using var server = new ScriptedLdapServer().WithPeople(30).OnSearch(exchange => HasSync(exchange) ? LdapScripts.Result(ResultCode.SizeLimitExceeded)(exchange) : Paged.RunAsync(exchange));
        server.Entries.RootDse = RootDse;
        server.Start();
        await using var directory = Connect(server);

        var read = await directory.ReadAsync();

        Assert.Equal(30, read.Addresses().Count());
        Assert.NotEqual("syncrepl", read.Mark()?.Method);
    }

    [Fact]
    public async Task A_limit_in_the_middle_fails_the_reading_and_the_next_one_goes_by_pages()
    {
        await using var server = new ScriptedLdapServer().WithPeople(30).OnSearch(async exchange =>
        {
            if (!HasSync(exchange))
            {
                await Paged.RunAsync(exchange);
                return;
            }

            for (var i = 0; i < 25; i++)
                await EntryAsync(exchange, SyncEntryState.Add, Guid.NewGuid(), $"u{i:D4}");
            await exchange.SendDoneAsync(ResultCode.SizeLimitExceeded);
        });
        server.Entries.RootDse = RootDse;
        server.Start();
        await using var directory = Connect(server);

        await directory.FailAsync(UnknownReason.SizeLimit);
        Assert.Equal(30, (await directory.ReadAsync()).Addresses().Count());
    }

    [Fact]
    public async Task More_changes_than_are_worth_telling_lead_to_a_full_reading()
    {
        await using var server = Server(onCookie: async exchange =>
        {
            for (var i = 0; i < 100; i++)
                await EntryAsync(exchange, SyncEntryState.Add, Guid.NewGuid(), $"u{i}");
        });
        await using var directory = Connect(server);

        Assert.True((await directory.ReadAsync((await directory.ReadAsync()).Mark())).IsFull());
    }

    private static PagedAnswer Paged { get; } = new();

    private static SearchResultEntry RootDse { get; } = ScriptedEntry.Create("", ("supportedControl", Oids.SyncRequest), ("namingContexts", Directory.Base));

    /// <summary>Anna and Bert, and what a request with a cookie gets.</summary>
    private static ScriptedLdapServer Server(LdapScript? onCookie = null)
    {
        var server = new ScriptedLdapServer().OnSearch(async exchange =>
        {
            if (!SyncRequest.TryRead(exchange.Message.Controls.Find(Oids.SyncRequest), out var asked))
            {
                await LdapScripts.Answer(exchange);
                return;
            }

            if (asked.Cookie is not null)
            {
                Assert.Equal("c1"u8.ToArray(), asked.Cookie.Value.ToArray());
                await onCookie!(exchange);
                return;
            }

            await EntryAsync(exchange, SyncEntryState.Add, Anna, "anna");
            await EntryAsync(exchange, SyncEntryState.Add, Bert, "bert");
            await DoneAsync(exchange, "c1", refreshDeletes: false);
        });
        server.Entries.RootDse = RootDse;
        return server.Start();
    }

    private static LdapDirectory Connect(ScriptedLdapServer server) => new LdapListingOptions { PageSize = 10, MaxChanges = 20 }.ConnectTo("openldap", server);

    private static bool HasSync(LdapExchange exchange) => exchange.Message.Controls.Find(Oids.SyncRequest) is not null;

    private static ValueTask EntryAsync(LdapExchange exchange, SyncEntryState state, Guid id, string name) => exchange.SendAsync(
        ScriptedEntry.Create($"cn={name},{Directory.Base}", state is SyncEntryState.Delete ? [] : [("mail", $"{name}@shared.example")]), new SyncState(state, id).ToControl());

    private static ValueTask InfoAsync(LdapExchange exchange, SyncInfoIds ids) => exchange.SendAsync(new IntermediateResponse(Oids.SyncInfo, ids.ToValue()));

    private static ValueTask DoneAsync(LdapExchange exchange, string cookie, bool refreshDeletes) => exchange.SendAsync(
        new SearchResultDone(new LdapResult(ResultCode.Success)), new SyncDone(System.Text.Encoding.ASCII.GetBytes(cookie), refreshDeletes).ToControl());

    /// <summary>syncIdSet, RFC 4533 2.5.</summary>
    private sealed record SyncInfoIds(bool RefreshDeletes, params Guid[] Ids)
    {
        public byte[] ToValue()
        {
            var set = Ids.SelectMany(id => (byte[])[0x04, 16, .. id.ToByteArray(bigEndian: true)]).ToArray();
            byte[] content = [.. RefreshDeletes ? (byte[])[0x01, 1, 0xFF] : [], 0x31, (byte)set.Length, .. set];
            return [0xA3, (byte)content.Length, .. content];
        }
    }
}
