using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Gathering;

/// <summary>Addresses that come in while a server is busy share a search.</summary>
public class GatheringTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly HeldServer _server = new();

    [Fact]
    public async Task Those_that_come_in_while_two_searches_are_under_way_share_the_next_and_each_gets_its_own_answer()
    {
        _server.AddPerson("anna");
        _server.AddPerson("bert", ("proxyAddresses", "SMTP:bert@shared.example"));
        _server.Occupy();
        Task<Answer>[] asked = [_server.AskAsync("anna"), _server.AskAsync("nobody"), _server.AskAsync("bert")];
        Assert.Equal(2, _server.Filters.Count);

        _server.Answer();
        Assert.Equal(HeldServer.Or("anna", "nobody", "bert"), _server.Filters[2]);
        Assert.Equal(6, _server.Request(2).SizeLimit);
        _server.Answer();
        _server.Answer();
        Assert.Equal("cn=anna," + Directory.Base, Assert.IsType<Answer.Exists>(await asked[0]).Recipient.DistinguishedName);
        Assert.Equal("cn=bert," + Directory.Base, Assert.IsType<Answer.Exists>(await asked[2]).Recipient.DistinguishedName);
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(asked[1]));
    }

    [Fact]
    public void A_full_search_waits_for_none_to_end()
    {
        _server.Occupy();
        for (var i = 0; i < 8; i++)
            _ = _server.AskAsync("p" + i);
        Assert.Equal(HeldServer.Or("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"), Assert.Single(_server.Filters.Skip(2)));
    }

    [Fact]
    public void A_server_that_is_slow_is_waited_for_a_moment_only()
    {
        _server.Occupy();
        _ = _server.AskAsync("anna");
        _server.Time.Advance(Moment / 2);
        _ = _server.AskAsync("bert");
        Assert.Equal(2, _server.Filters.Count);
        _server.Time.Advance(Moment / 2);
        Assert.Equal(HeldServer.Or("anna", "bert"), _server.Filters[2]);

        _ = _server.AskAsync("carl");
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Or("carl"), _server.Filters[3]);
    }

    [Fact]
    public void Nobody_is_sent_off_early_by_the_moment_of_those_before()
    {
        _server.Occupy();
        _ = _server.AskAsync("anna");
        _server.Time.Advance(Moment * 0.75);
        _server.Answer(Outcome.Of(ResultCode.Busy));
        _ = _server.AskAsync("bert");
        _server.Time.Advance(Moment * 0.25);
        Assert.Equal(3, _server.Filters.Count);
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Or("bert"), _server.Filters[3]);
    }

    [Fact]
    public async Task Who_was_seen_last_is_asked_for_once_more_and_proves_the_absence_of_the_others()
    {
        _server.AddPerson("witness");
        await _server.OccupyAfterAsync("witness");
        Assert.Equal(HeldServer.Or("second", "witness"), _server.Filters[2]);
        Task<Answer>[] asked = [_server.AskAsync("nobody"), _server.AskAsync("no-one")];
        _server.Answer();
        Assert.Equal(HeldServer.Or("nobody", "no-one", "witness"), _server.Filters[3]);
        _server.Answer();
        _server.Answer();
        Assert.All(await Task.WhenAll(asked), static answer => Assert.IsType<Answer.Absent>(answer));
        Assert.Equal(4, _server.Filters.Count);
    }

    [Fact]
    public async Task Where_the_one_seen_last_is_not_seen_any_more_an_absence_is_proved_by_a_look()
    {
        _server.AddPerson("witness");
        await _server.OccupyAfterAsync("witness");
        _server.Entries.Clear();
        _server.Answer();
        _server.Answer();
        var asked = _server.AskAsync("nobody");
        Assert.Equal(UnknownReason.NotReady, Assert.IsType<Answer.Unknown>(await _server.AnswerAllAsync(asked)).Reason);
        Assert.Contains("(|(proxyAddresses=*)(mail=*))", _server.Filters);
    }

    [Fact]
    public async Task Somebody_else_takes_the_place_of_one_who_is_not_seen_any_more()
    {
        _server.AddPerson("witness");
        _server.AddPerson("anna");
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(_server.AskAsync("witness")));
        _server.Entries.Remove("cn=witness," + Directory.Base);
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(_server.AskAsync("anna")));
        _ = _server.AskAsync("bert");
        Assert.Equal(HeldServer.Or("bert", "anna"), _server.Filters[^1]);
    }

    [Fact]
    public async Task An_entry_with_two_of_the_addresses_is_asked_for_by_each_of_them()
    {
        _server.AddPerson("anna", ("proxyAddresses", "smtp:anna.a@shared.example"));
        _server.Occupy();
        Task<Answer>[] asked = [_server.AskAsync("anna"), _server.AskAsync("anna.a"), _server.AskAsync("nobody")];
        _server.Answer();
        _server.Answer();
        _server.Answer();
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("anna.a")], _server.Filters.Skip(3).Take(2));
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
        _server.Occupy();
        var anna = _server.AskAsync("anna");
        var nobody = _server.AskAsync("nobody");
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(refusal));
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("nobody")], _server.Filters.Skip(3).Where(static filter => !filter.Contains('*')));
        Assert.IsType<Answer.Exists>(await _server.AnswerAllAsync(anna));
        Assert.IsType<Answer.Absent>(await _server.AnswerAllAsync(nobody));

        var before = _server.Filters.Count;
        for (var i = 0; i < 4; i++)
            _ = _server.AskAsync("p" + i);
        Assert.Equal(["p0", "p1", "p2", "p3"], _server.Filters.Skip(before).Select(static filter => filter["(|(proxyAddresses=smtp:".Length..filter.IndexOf('@')]));

        _server.Time.Advance(TimeSpan.FromMinutes(1));
        _ = _server.AskAsync("p4");
        _ = _server.AskAsync("p5");
        _server.Time.Advance(Moment);
        Assert.Equal(HeldServer.Or("p4", "p5", "anna"), _server.Filters[^1]);
    }

    [Fact]
    public void Those_who_wait_when_a_search_turns_out_to_be_of_no_use_are_asked_for_alone_too()
    {
        _server.Occupy();
        for (var i = 0; i < 8; i++)
            _ = _server.AskAsync("p" + i);
        _ = _server.AskAsync("anna");
        _ = _server.AskAsync("bert");
        _server.Answer(Outcome.Of(ResultCode.AdminLimitExceeded), index: 2);
        _server.Time.Advance(Moment);
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("bert")], _server.Filters.TakeLast(2));
    }

    [Fact]
    public void An_entry_that_shows_none_of_them_makes_each_be_asked_alone()
    {
        var hidden = ScriptedEntry.Create("cn=hidden," + Directory.Base, ("objectClass", "user"));
        _server.Occupy();
        _ = _server.AskAsync("anna");
        _ = _server.AskAsync("nobody");
        _server.Answer();
        _server.Answer();
        _server.Answer(Outcome.Of(ResultCode.Success, hidden));
        Assert.Equal([HeldServer.Or("anna"), HeldServer.Or("nobody")], _server.Filters.Skip(3).Where(static filter => !filter.Contains('*')));
    }

    [Fact]
    public async Task When_the_connection_is_lost_who_was_found_exists_and_of_the_others_nothing_is_known()
    {
        _server.Occupy();
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
        _server.Occupy();
        var anna = _server.AskAsync("anna", first.Token);
        var bert = _server.AskAsync("bert", second.Token);
        _server.Answer();
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => anna);
        Assert.False(_server.IsCancelled(2));
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bert);
        Assert.True(_server.IsCancelled(2));
    }

    [Fact]
    public async Task Who_gave_up_while_waiting_does_not_keep_the_others_search_alive()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        _server.Occupy();
        var anna = _server.AskAsync("anna", first.Token);
        var bert = _server.AskAsync("bert", second.Token);
        await first.CancelAsync();
        _server.Answer();
        await second.CancelAsync();
        Assert.True(_server.IsCancelled(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => anna);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bert);
    }

    [Fact]
    public void Each_is_asked_alone_where_the_operator_wants_it_so()
    {
        var server = new HeldServer(addressesPerSearch: 1);
        for (var i = 0; i < 5; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], server.Filters.Select(static filter => filter["(|(proxyAddresses=smtp:".Length..filter.IndexOf('@')]));
    }

    [Theory]
    [InlineData("(|(&(mail={address})(kind=1))(alias={address}))")]
    [InlineData("(&(mail={address})(owner={local}))")]
    [InlineData("(|(mail={address})(catchAll=@{domain}))")]
    [InlineData("(mail=*{address}*)")]
    [InlineData("(&(mail={address})(!(blocked={address})))")]
    public void Each_is_asked_alone_where_an_entry_does_not_tell_whom_it_matched(string filter)
    {
        var server = new HeldServer(Directory.Schema("openldap") with { Filter = filter });
        for (var i = 0; i < 5; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal(5, server.Filters.Count);
    }

    [Theory]
    [InlineData("(&(objectClass=user)(|(mail={address})(alias={address}))(!(disabled=TRUE)))")]
    [InlineData("(uid={local})")]
    public void Fixed_conditions_and_local_parts_are_shared(string filter)
    {
        var server = new HeldServer(Directory.Schema("openldap") with { Filter = filter });
        for (var i = 0; i < 10; i++)
            _ = server.AskAsync("p" + i);
        Assert.Equal(3, server.Filters.Count);
    }

    [Fact]
    public async Task Below_several_bases_each_base_has_searches_of_its_own()
    {
        var server = new HeldServer(baseDns: ["ou=a", "ou=b"]);
        server.Entries.Add(ScriptedEntry.Create("cn=anna,ou=b", ("objectClass", "user"), ("mail", HeldServer.Address("anna"))));
        _ = server.AskAsync("first");
        _ = server.AskAsync("second");
        var anna = server.AskAsync("anna");
        var nobody = server.AskAsync("nobody");
        Assert.Equal(4, server.Filters.Count);
        Assert.IsType<Answer.Exists>(await server.AnswerAllAsync(anna));
        Assert.IsType<Answer.Absent>(await server.AnswerAllAsync(nobody));
        Assert.Contains(HeldServer.Or("anna", "nobody"), server.Filters);
    }
}
