using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Controls;

public class ControlValueTests
{
    private static readonly Guid s_uuid = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void Paged_results_have_the_bytes_of_the_rfc()
    {
        var control = new PagedResults(1000, Samples.Octets("ab")).ToControl();
        Assert.True(control.Critical);
        Assert.Equal("x'3008020203e804026162'", MessageDump.Octets(control.Value));
        Assert.True(PagedResults.TryRead(control, out var paged));
        Assert.Equal(1000, paged.Size);
        Assert.Equal("'ab'", MessageDump.Octets(paged.Cookie));
    }

    [Theory]
    [InlineData(DirSyncFlags.None)]
    [InlineData(DirSyncFlags.ObjectSecurity | DirSyncFlags.AncestorsFirstOrder)]
    [InlineData(DirSyncFlags.IncrementalValues)]
    public void Dir_sync_requests_come_back(DirSyncFlags flags)
    {
        Assert.True(DirSyncRequest.TryRead(new DirSyncRequest(flags, 1000, Samples.Octets("c")).ToControl(), out var request));
        Assert.Equal(flags, request.Flags);
        Assert.Equal(1000, request.MaxBytes);
        Assert.Equal("'c'", MessageDump.Octets(request.Cookie));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dir_sync_responses_come_back(bool more)
    {
        Assert.True(DirSyncResponse.TryRead(new DirSyncResponse(more, Samples.Octets("c")).ToControl(), out var response));
        Assert.Equal(more, response.MoreResults);
        Assert.Equal("'c'", MessageDump.Octets(response.Cookie));
    }

    [Fact]
    public void Sync_requests_come_back()
    {
        Assert.True(SyncRequest.TryRead(new SyncRequest(SyncMode.RefreshAndPersist, Samples.Octets("c"), true).ToControl(), out var request));
        Assert.Equal(SyncMode.RefreshAndPersist, request.Mode);
        Assert.Equal("'c'", MessageDump.Octets(request.Cookie));
        Assert.True(request.ReloadHint);
        Assert.True(SyncRequest.TryRead(new SyncRequest(SyncMode.RefreshOnly).ToControl(), out request));
        Assert.Null(request.Cookie);
        Assert.False(request.ReloadHint);
    }

    [Fact]
    public void Sync_states_come_back_with_the_octets_of_the_uuid_in_order()
    {
        var control = new SyncState(SyncEntryState.Delete, s_uuid, Samples.Octets("c")).ToControl();
        Assert.Contains("0410" + "00112233445566778899aabbccddeeff", MessageDump.Octets(control.Value), StringComparison.Ordinal);
        Assert.True(SyncState.TryRead(control, out var state));
        Assert.Equal(SyncEntryState.Delete, state.State);
        Assert.Equal(s_uuid, state.EntryUuid);
        Assert.Equal("'c'", MessageDump.Octets(state.Cookie));
    }

    [Fact]
    public void Sync_ends_come_back()
    {
        Assert.True(SyncDone.TryRead(new SyncDone(Samples.Octets("c"), true).ToControl(), out var done));
        Assert.Equal("'c'", MessageDump.Octets(done.Cookie));
        Assert.True(done.RefreshDeletes);
        Assert.True(SyncDone.TryRead(new SyncDone().ToControl(), out done));
        Assert.Null(done.Cookie);
        Assert.False(done.RefreshDeletes);
    }

    [Fact]
    public void Sync_info_says_that_only_the_cookie_is_new() =>
        Assert.Equal("'ab'", MessageDump.Octets(Info<SyncInfo.NewCookie>("80 02 61 62").Cookie));

    [Theory]
    [InlineData("A1 00", true, true)]
    [InlineData("A2 00", false, true)]
    [InlineData("A2 03 01 01 00", false, false)]
    public void Sync_info_says_that_a_phase_is_over(string hex, bool deletes, bool refreshDone) =>
        Assert.Equal(new SyncInfo.PhaseEnd(deletes, refreshDone, null), Info<SyncInfo.PhaseEnd>(hex));

    [Fact]
    public void Sync_info_names_entries()
    {
        var set = Info<SyncInfo.IdSet>("A3 1A 04 01 63 01 01 FF 31 12 04 10 00112233445566778899AABBCCDDEEFF");
        Assert.Equal("'c'", MessageDump.Octets(set.Cookie));
        Assert.True(set.RefreshDeletes);
        Assert.Equal([s_uuid], set.EntryUuids);
    }

    [Theory]
    [InlineData("")]
    [InlineData("84 00")]
    [InlineData("A3 02 31 01")]
    [InlineData("A3 05 31 03 04 01 00")]
    [InlineData("A3 00")]
    public void Malformed_sync_info_is_refused(string hex) =>
        Assert.False(SyncInfo.TryRead(new IntermediateResponse(Oids.SyncInfo, Wire.Hex(hex)), out _));

    [Fact]
    public void Sync_info_is_only_what_is_named_so()
    {
        Assert.False(SyncInfo.TryRead(new IntermediateResponse("1.2.3", Wire.Hex("80 00")), out _));
        Assert.False(SyncInfo.TryRead(new IntermediateResponse(Oids.SyncInfo, null), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("30 00")]
    [InlineData("30 03 02 01 01")]
    [InlineData("30 05 02 01 01 04")]
    [InlineData("04 00")]
    [InlineData("30 80 00 00")]
    public void Malformed_values_are_refused(string? hex)
    {
        LdapControl Control(string oid) => hex is null ? new LdapControl(oid) : new LdapControl(oid, false, Wire.Hex(hex));
        Assert.False(PagedResults.TryRead(Control(Oids.PagedResults), out _));
        Assert.False(DirSyncRequest.TryRead(Control(Oids.DirSync), out _));
        Assert.False(DirSyncResponse.TryRead(Control(Oids.DirSync), out _));
        Assert.False(SyncState.TryRead(Control(Oids.SyncState), out _));
        if (hex is not ("30 00" or "30 03 02 01 01"))
            Assert.False(SyncDone.TryRead(Control(Oids.SyncDone), out _));
        Assert.False(SyncRequest.TryRead(Control(Oids.SyncRequest), out _));
    }

    [Fact]
    public void Values_of_real_servers_are_read()
    {
        var pages = Controls("openldap-paged.server", Oids.PagedResults).Select(control => PagedResults.TryRead(control, out var paged) ? paged.Cookie.Length : -1);
        Assert.Equal([8, 8, 0], pages);
        pages = Controls("samba-paged.server", Oids.PagedResults).Select(control => PagedResults.TryRead(control, out var paged) ? paged.Cookie.Length : -1);
        Assert.Equal(0, pages.Last());
        Assert.DoesNotContain(-1, pages);

        Assert.True(DirSyncRequest.TryRead(Assert.Single(Controls("samba-dirsync.client", Oids.DirSync)), out var asked));
        Assert.Equal(DirSyncFlags.None, asked.Flags);
        Assert.True(DirSyncResponse.TryRead(Assert.Single(Controls("samba-dirsync.server", Oids.DirSync)), out var answered));
        Assert.False(answered.MoreResults);
        Assert.Equal("MSDS"u8, answered.Cookie.Span[..4]);

        Assert.True(SyncRequest.TryRead(Assert.Single(Controls("openldap-sync-persist.client", Oids.SyncRequest)), out var sync));
        Assert.Equal(SyncMode.RefreshAndPersist, sync.Mode);
        Assert.All(Controls("openldap-sync-refresh.server", Oids.SyncState), control =>
            Assert.Equal(SyncEntryState.Add, SyncState.TryRead(control, out var state) ? state.State : (SyncEntryState)(-1)));
        Assert.True(SyncDone.TryRead(Assert.Single(Controls("openldap-sync-refresh.server", Oids.SyncDone)), out var done));
        Assert.True(done.RefreshDeletes);
        Assert.StartsWith("'rid=000,csn=", MessageDump.Octets(done.Cookie), StringComparison.Ordinal);

        var info = Wire.ReadAll(Captures.Read("openldap-sync-persist.server")).Select(message => message.Operation).OfType<IntermediateResponse>().Single();
        Assert.True(SyncInfo.TryRead(info, out var phase));
        var end = Assert.IsType<SyncInfo.PhaseEnd>(phase);
        Assert.True(end.Deletes);
        Assert.True(end.RefreshDone);
    }

    [Fact]
    public void A_control_is_found_by_its_name()
    {
        LdapMessage message = new(1, new UnbindRequest()) { Controls = [LdapControls.ManageDsaIt(), LdapControls.DomainScope(critical: true)] };
        Assert.True(message.Controls.Find(Oids.DomainScope)!.Critical);
        Assert.Null(message.Controls.Find(Oids.PagedResults));
        Assert.False(PagedResults.TryRead(null, out _));
        Assert.False(PagedResults.TryRead(LdapControls.ShowDeleted(), out _));
    }

    private static IReadOnlyList<LdapControl> Controls(string capture, string oid) =>
        [.. Wire.ReadAll(Captures.Read(capture)).SelectMany(message => message.Controls).Where(control => control.Oid == oid)];

    private static T Info<T>(string hex)
        where T : SyncInfo
    {
        Assert.True(SyncInfo.TryRead(new IntermediateResponse(Oids.SyncInfo, Wire.Hex(hex)), out var info));
        return Assert.IsType<T>(info);
    }
}
