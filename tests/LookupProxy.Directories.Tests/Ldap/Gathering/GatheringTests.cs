using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Gathering;

/// <summary>Addresses that come in while a server is busy share a search.</summary>
public class GatheringTests
{
    /// <summary>The search that saw the witness, and the two that keep the server busy.</summary>
    private const int Before = 3;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly HeldServer _server = new();

    [Fact]
    public async Task Those_that_come_in_while_two_searches_are_under_way_share_the_next_and_each_gets_its_own_answer()
    {
        _server.AddPerson("anna");
        _server.AddPerson("bert", ("proxyAddresses", "SMTP:bert@shared.example"));
        await _server.OccupyAsync();
        Task<Answer>[] asked = [_server.AskAsync("anna"), _server.AskAsync("nobody"), _server.AskAsync("bert")];
        Assert.Equal(Before, _server.Filters.Count);

        _server.Answer();
        Assert.Equal(HeldServer.Shared("anna", "nobody", "bert"), _server.Filters[Before]);
        Assert.Equal(8, _server.Request(Before).SizeLimit);
        _server.Answer();
        _server.Answer();
        Assert.Equal("cn=anna," + Directory.Base, Assert.IsType<Answer.Exists>(await asked[0]).Recipient.DistinguishedName);
        Assert.Equal("cn=bert," + Directory.Base, Assert.IsType<Answer.Exists>(await asked[2]).Recipient.DistinguishedName);
        Assert.IsType<Answer.Absent>(await asked[1]);
    }

    [Fact]
    public async Task A_full_search_waits_for_none_to_end()
    {
        await _server.OccupyAsync();
        for (var i = 0; i < 8; i++)
            _ = _server.AskAsync("p" + i);
        Assert.Equal(HeldServer.Shared("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"), Assert.Single(_server.Filters.Skip(Before)));
    }

    [Fact]
    public async Task A_server_that_is_slow_is_waited_for_a_moment_only()
    {
        await _server.OccupyAsync();
        _ = _server.AskAsync("anna");
        _server.Time.Advance(Moment / 2);
        _ = _server.AskAsync("bert");
        Assert.Equal(Before, _server.Filters.Count);
        _server.Time.Advance(Moment / 2);
        Assert.Equal(HeldServer.Shared("anna", "bert"), _server.Filters[Before]);

        _ = _server.AskAsync("carl");
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Shared("carl"), _server.Filters[Before + 1]);
    }

    [Fact]
    public async Task Nobody_is_sent_off_early_by_the_moment_of_those_before()
    {
        await _server.OccupyAsync();
        _ = _server.AskAsync("anna");
        _server.Time.Advance(Moment * 0.75);
        _server.Answer();
        Assert.Equal(HeldServer.Shared("anna"), _server.Filters[Before]);
        _ = _server.AskAsync("bert");
        _server.Time.Advance(Moment * 0.25);
        Assert.Equal(Before + 1, _server.Filters.Count);
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Shared("bert"), _server.Filters[Before + 1]);
    }

    [Fact]
    public async Task Until_somebody_has_been_seen_each_is_asked_alone()
    {
        Task<Answer>[] asked = [_server.AskAsync("anna"), _server.AskAsync("bert"), _server.AskAsync("carl"), _server.AskAsync("dora")];
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("bert"), HeldServer.Or("carl"), HeldServer.Or("dora")], _server.Filters);
        _server.AddPerson("ernst");
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(asked[3]));
    }

    [Fact]
    public async Task Who_was_seen_last_is_asked_for_once_more_and_proves_the_absence_of_the_others()
    {
        await _server.OccupyAsync();
        Task<Answer>[] asked = [_server.AskAsync("nobody"), _server.AskAsync("no-one")];
        _server.Answer();
        Assert.Equal(HeldServer.Shared("nobody", "no-one"), _server.Filters[Before]);
        _server.Answer();
        _server.Answer();
        Assert.All(await Task.WhenAll(asked), static answer => Assert.IsType<Answer.Absent>(answer));
        Assert.Equal(Before + 1, _server.Filters.Count);
    }

    [Fact]
    public async Task Where_the_one_seen_last_is_not_found_any_more_those_who_are_not_found_either_are_asked_for_alone()
    {
        _server.AddPerson("anna");
        await _server.OccupyAsync();
        var anna = _server.AskAsync("anna");
        var nobody = _server.AskAsync("nobody");
        _server.Answer();
        _server.Answer();
        _server.Entries.Remove("cn=witness," + Directory.Base);
        _server.Answer();
        Assert.IsType<Answer.Exists>(await anna);
        Assert.Equal([HeldServer.Or("nobody")], _server.Filters.Skip(Before + 1));
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(nobody));

        _ = _server.AskAsync("bert");
        Assert.Equal(HeldServer.Or("bert", "anna"), _server.Filters[^1]);
    }

    [Fact]
    public async Task A_server_that_heeds_only_the_beginning_of_a_long_filter_makes_nobody_absent()
    {
        _server.AddPerson("last");
        await _server.OccupyAsync();
        Task<Answer>[] asked = [_server.AskAsync("nobody"), _server.AskAsync("last")];
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(ResultCode.Success));
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(asked[0]));
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(asked[1]));
    }

    [Fact]
    public async Task A_server_that_has_lost_all_its_people_makes_nobody_absent()
    {
        await _server.OccupyAsync();
        _server.Entries.Clear();
        var asked = _server.AskAsync("nobody");
        Assert.Equal(UnknownReason.NotReady, Assert.IsType<Answer.Unknown>(await _server.AnswerAllAsync(asked)).Reason);
        Assert.Contains("(|(proxyAddresses=*)(mail=*))", _server.Filters);
    }

    [Fact]
    public async Task An_entry_with_two_of_the_addresses_is_asked_for_by_each_of_them()
    {
        _server.AddPerson("anna", ("proxyAddresses", "smtp:anna.a@shared.example"));
        await _server.OccupyAsync();
        Task<Answer>[] asked = [_server.AskAsync("anna"), _server.AskAsync("anna.a"), _server.AskAsync("nobody")];
        _server.Answer();
        _server.Answer();
        _server.Answer();
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("anna.a")], _server.Filters.Skip(Before + 1));
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(asked[0]));
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(asked[1]));
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(asked[2]));
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.AdminLimitExceeded)]
    [InlineData(ResultCode.InvalidAttributeSyntax)]
    [InlineData(ResultCode.NoSuchObject)]
    public async Task What_is_refused_to_several_is_asked_for_each_alone_and_for_a_minute_nothing_is_shared(ResultCode refusal)
    {
        _server.AddPerson("anna");
        await _server.OccupyAsync();
        var anna = _server.AskAsync("anna");
        var nobody = _server.AskAsync("nobody");
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(refusal));
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("nobody")], _server.Filters.Skip(Before + 1));
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(anna));
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(nobody));

        var before = _server.Filters.Count;
        for (var i = 0; i < 4; i++)
            _ = _server.AskAsync("p" + i);
        Assert.Equal([HeldServer.Or("p0"), HeldServer.Or("p1"), HeldServer.Or("p2"), HeldServer.Or("p3")], _server.Filters.Skip(before));

        _server.Time.Advance(TimeSpan.FromMinutes(1));
        _ = _server.AskAsync("p4");
        _ = _server.AskAsync("p5");
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Shared("p4", "p5"), _server.Filters[^1]);
    }

    [Fact]
    public async Task Those_who_wait_when_a_search_turns_out_to_be_of_no_use_are_asked_for_alone_too()
    {
        await _server.OccupyAsync();
        for (var i = 0; i < 8; i++)
            _ = _server.AskAsync("p" + i);
        _ = _server.AskAsync("anna");
        _ = _server.AskAsync("bert");
        _server.Answer(Outcome.Of(ResultCode.AdminLimitExceeded), index: Before);
        _server.Time.Advance(Moment);
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("bert")], _server.Filters.TakeLast(2));
    }

    [Fact]
    public async Task An_entry_that_shows_none_of_them_makes_each_be_asked_alone()
    {
        var hidden = ScriptedEntry.Create("cn=hidden," + Directory.Base, ("objectClass", "user"));
        await _server.OccupyAsync();
        _ = _server.AskAsync("anna");
        _ = _server.AskAsync("nobody");
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(ResultCode.Success, hidden));
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("nobody")], _server.Filters.Skip(Before + 1));
    }

    [Fact]
    public async Task When_the_connection_is_lost_who_was_found_exists_and_of_the_others_nothing_is_known()
    {
        await _server.OccupyAsync();
        var anna = _server.AskAsync("anna");
        var bert = _server.AskAsync("bert");
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(LdapFaultKind.ConnectionLost, ScriptedEntry.Create("cn=anna," + Directory.Base, ("mail", HeldServer.Address("anna")))));
        Assert.IsType<Answer.Exists>(await anna);
        Assert.Equal(UnknownReason.ConnectionLost, Assert.IsType<Answer.Unknown>(await bert).Reason);
    }

    [Fact]
    public async Task A_search_is_given_up_when_nobody_waits_for_it_any_more()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        await _server.OccupyAsync();
        var anna = _server.AskAsync("anna", first.Token);
        var bert = _server.AskAsync("bert", second.Token);
        _server.Answer();
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => anna);
        Assert.False(_server.IsCancelled(Before));
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bert);
        Assert.True(_server.IsCancelled(Before));
    }

    [Fact]
    public async Task Who_gave_up_while_waiting_does_not_keep_the_others_search_alive()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        await _server.OccupyAsync();
        var anna = _server.AskAsync("anna", first.Token);
        var bert = _server.AskAsync("bert", second.Token);
        await first.CancelAsync();
        _server.Answer();
        await second.CancelAsync();
        Assert.True(_server.IsCancelled(Before));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => anna);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bert);
    }

    [Fact]
    public async Task Each_is_asked_alone_where_the_operator_wants_it_so()
    {
        var server = new HeldServer(addressesPerSearch: 1);
        await server.SeeAsync(HeldServer.Witness);
        for (var i = 0; i < 4; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal([HeldServer.Or("p0"), HeldServer.Or("p1"), HeldServer.Or("p2"), HeldServer.Or("p3")], server.Filters.Skip(1));
    }

    [Theory]
    [InlineData("(|(&(mail={address})(kind=1))(alias={address}))")]
    [InlineData("(&(mail={address})(owner={local}))")]
    [InlineData("(|(mail={address})(catchAll=@{domain}))")]
    [InlineData("(mail=*{address}*)")]
    [InlineData("(&(mail={address})(!(blocked={address})))")]
    public async Task Each_is_asked_alone_where_an_entry_does_not_tell_whom_it_matched(string filter)
    {
        var server = new HeldServer(Directory.Schema("openldap") with { Filter = filter });
        await server.SeeAsync(HeldServer.Witness, ("kind", "1"), ("owner", HeldServer.Witness));
        var before = server.Filters.Count;
        for (var i = 0; i < 5; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal(5, server.Filters.Count - before);
    }

    [Theory]
    [InlineData("(&(objectClass=user)(|(mail={address})(alias={address}))(!(disabled=TRUE)))")]
    [InlineData("(uid={local})")]
    public async Task Fixed_conditions_and_local_parts_are_shared(string filter)
    {
        var server = new HeldServer(Directory.Schema("openldap") with { Filter = filter });
        await server.SeeAsync(HeldServer.Witness, ("uid", HeldServer.Witness));
        for (var i = 0; i < 10; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal(1 + 3, server.Filters.Count);
    }

    [Fact]
    public async Task Below_several_bases_each_base_has_searches_and_a_witness_of_its_own()
    {
        var server = new HeldServer(baseDns: ["ou=a", "ou=b"]);
        foreach (var (name, unit) in new[] { ("adam", "a"), ("berta", "b"), ("anna", "b") })
            server.Entries.Add(ScriptedEntry.Create($"cn={name},ou={unit}", ("objectClass", "user"), ("mail", HeldServer.Address(name))));
        Assert.IsType<Answer.Exists>(await server.AnswerAllAsync(server.AskAsync("adam")));
        Assert.IsType<Answer.Exists>(await server.AnswerAllAsync(server.AskAsync("berta")));
        var before = server.Filters.Count;
        _ = server.AskAsync("first");
        _ = server.AskAsync("second");
        var anna = server.AskAsync("anna");
        var nobody = server.AskAsync("nobody");
        Assert.Equal(4, server.Filters.Count - before);
        Assert.IsType<Answer.Exists>(await server.AnswerAllAsync(anna));
        Assert.IsType<Answer.Absent>(await server.AnswerAllAsync(nobody));
        Assert.Contains(HeldServer.Or("anna", "nobody", "adam"), server.Filters);
        Assert.Contains(HeldServer.Or("anna", "nobody", "berta"), server.Filters);
    }
}
