using System.Collections.Immutable;
using System.Globalization;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Redis.News;
using LookupProxy.TestKit.Addresses;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Storage.Tests.Redis.News;

public sealed class NewsLedgerTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private readonly FlushMarks _marks = new();
    private readonly NewsLedger _ledger;
    private readonly List<string> _heard;
    private readonly Ear _ear = new();

    public NewsLedgerTests()
    {
        _ledger = new NewsLedger("me", _marks, NullLogger.Instance);
        _ledger.Listen(_ear);
        _heard = _ear.Heard;
    }

    [Fact]
    public void Nothing_is_taken_before_the_first_reading()
    {
        Assert.False(_ledger.TryHear(Message(0, 5, Flush("a.example"))));
        Assert.Empty(_heard);

        CatchUp(last: 5, entries: [(5, Flush("a.example"))]);

        // What was flushed before this node began concerns it not: it knows nothing yet.
        Assert.Empty(_heard);
        Assert.Equal(5, _ledger.Heard);
    }

    [Theory]
    [InlineData(0, "flush b.example")]
    [InlineData(1_100, "flush all", "flush b.example")]
    public void What_was_flushed_since_this_node_began_concerns_it_also_when_its_first_reading_is_late(long trimmed, params string[] expected)
    {
        var late = new NewsLedger("me", _marks, NullLogger.Instance);
        late.Listen(_ear);
        late.Begins(1_000);

        late.CatchUp(State(last: 1_500, trimmed, [(900, Flush("a.example")), (1_500, Flush("b.example"))]), late.Mark, Now);

        Assert.Equal(expected, _heard);
        Assert.Equal(1_500, late.Heard);
    }

    [Fact]
    public void Each_is_taken_once_whichever_way_it_comes()
    {
        CatchUp(last: 5);

        Assert.True(_ledger.TryHear(Message(5, 6, Flush("a.example"))));
        CatchUp(last: 6, entries: [(6, Flush("a.example"))], since: 5);
        Assert.True(_ledger.TryHear(Message(5, 6, Flush("a.example"))));

        Assert.Equal(["flush a.example"], _heard);
    }

    [Fact]
    public void A_gap_is_not_stepped_over()
    {
        CatchUp(last: 5);

        Assert.False(_ledger.TryHear(Message(6, 7, Flush("b.example"))));
        Assert.Empty(_heard);

        CatchUp(last: 7, entries: [(6, Flush("a.example")), (7, Flush("b.example"))]);
        Assert.Equal(["flush a.example", "flush b.example"], _heard);
    }

    [Fact]
    public void The_first_news_ever_follow_on_nothing()
    {
        CatchUp(last: 0);

        Assert.True(_ledger.TryHear(Message(0, 1_000, Flush("a.example"))));
        Assert.Equal(["flush a.example"], _heard);
    }

    [Fact]
    public void Ones_own_news_are_not_heard_but_count()
    {
        CatchUp(last: 5);

        Assert.True(_ledger.TryHear(Message(5, 6, Flush("a.example"), from: "me")));

        Assert.Empty(_heard);
        Assert.Equal(6, _ledger.Heard);
        Assert.True(_marks.Cover("a.example", 5));
    }

    [Fact]
    public void Who_missed_more_than_the_log_holds_forgets_all()
    {
        CatchUp(last: 5);

        CatchUp(last: 9, trimmed: 6, entries: [(7, Flush("b.example")), (9, Flush("c.example"))]);

        Assert.Equal(["flush all", "flush b.example", "flush c.example"], _heard);
    }

    [Fact]
    public void Who_has_heard_all_that_was_trimmed_keeps_what_it_has()
    {
        CatchUp(last: 5);

        CatchUp(last: 9, trimmed: 5, entries: [(7, Flush("b.example")), (9, Flush("c.example"))]);

        Assert.Equal(["flush b.example", "flush c.example"], _heard);
    }

    [Fact]
    public void Overrides_in_Redis_are_those_that_count()
    {
        CatchUp(last: 5, overrides: [Entry("anna"), Entry("tom")]);
        CatchUp(last: 9, trimmed: 7, overrides: [Entry("tom"), Entry("eva")]);
        _heard.Remove("flush all");

        Assert.Equal(["set anna@corp.example", "set tom@corp.example", "set eva@corp.example", "removed anna@corp.example"], _heard);
    }

    [Fact]
    public void An_expired_override_is_neither_told_nor_removed()
    {
        CatchUp(last: 5, overrides: [Entry("anna") with { Until = Now }]);
        Assert.Empty(_heard);

        CatchUp(last: 6, overrides: [Entry("anna")]);
        CatchUp(last: 7, now: Now.AddHours(2));
        Assert.Equal(["set anna@corp.example"], _heard);
    }

    [Fact]
    public void What_Redis_has_lost_is_given_back_and_not_taken_away()
    {
        CatchUp(last: 5_000, overrides: [Entry("anna"), Entry("tom"), Entry("old") with { Until = Now.AddMinutes(1) }]);
        _heard.Clear();

        var lost = CatchUp(last: 3_000, overrides: [Entry("tom")], now: Now.AddMinutes(2));

        Assert.Equal(["anna@corp.example"], lost.Select(static entry => entry.Address.Text));
        Assert.Empty(_heard);
        Assert.Equal(3_000, _ledger.Heard);
        Assert.True(_ledger.TryHear(Message(3_000, 6_000, Flush("a.example"))));
    }

    [Fact]
    public void What_Redis_has_lost_is_not_taken_away_either_when_another_has_told_something_since()
    {
        CatchUp(last: 5_000, overrides: [Entry("anna"), Entry("tom")]);
        _heard.Clear();

        var lost = CatchUp(last: 7_000, entries: [(6_000, new NewsItem.Removal("tom@corp.example")), (7_000, Flush("a.example"))], hasLost: true);

        Assert.Equal(["anna@corp.example"], lost.Select(static entry => entry.Address.Text));
        Assert.Equal(["removed tom@corp.example", "flush a.example"], _heard);
    }

    [Fact]
    public void What_is_gone_without_a_word_was_lost()
    {
        CatchUp(last: 5, overrides: [Entry("anna"), Entry("tom"), Entry("eva")]);
        _heard.Clear();

        var lost = CatchUp(last: 7, entries: [(7, new NewsItem.Removal("tom@corp.example"))], overrides: [Entry("eva")]);

        Assert.Equal(["anna@corp.example"], lost.Select(static entry => entry.Address.Text));
        Assert.Equal(["removed tom@corp.example"], _heard);
    }

    [Fact]
    public void What_was_read_before_the_administrator_spoke_does_not_undo_the_word()
    {
        CatchUp(last: 5, overrides: [Entry("anna")]);
        var mark = _ledger.Mark;
        _ledger.Note(new NewsItem.Removal("anna@corp.example"));
        _heard.Clear();

        Assert.Null(_ledger.CatchUp(State(last: 5, trimmed: 0, [], Entry("anna")), mark, Now));
        Assert.Empty(_heard);
        Assert.Empty(_ledger.Overrides(Now));
    }

    [Fact]
    public void Overrides_that_are_long_past_are_let_go_unless_they_are_said_anew()
    {
        CatchUp(last: 5, overrides: [Entry("read") with { Until = Now.AddDays(-2) }, Entry("anew") with { Until = Now.AddDays(-2) }, Entry("just") with { Until = Now }, Entry("tom")]);
        Assert.True(_ledger.TryHear(Message(5, 6, new NewsItem.Set(Entry("heard") with { Until = Now.AddDays(-2) }))));
        Assert.True(_ledger.TryHear(Message(6, 7, new NewsItem.Set(Entry("anew")), from: "me")));

        var past = _ledger.LongPast(Now);
        Assert.Equal(["heard@corp.example", "read@corp.example"], past.Order(StringComparer.Ordinal));
        _ledger.LetGo(past, Now);
        Assert.Empty(_ledger.LongPast(Now));
        Assert.Equal(["anew@corp.example", "tom@corp.example"], _ledger.Overrides(Now).Select(static entry => entry.Address.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void News_that_came_while_it_was_read_are_newer_than_what_was_read()
    {
        CatchUp(last: 5);
        Assert.True(_ledger.TryHear(Message(5, 6, new NewsItem.Set(Entry("anna")))));

        Assert.Empty(CatchUp(last: 5, since: 5));

        Assert.Equal(["set anna@corp.example"], _heard);
        Assert.Equal(6, _ledger.Heard);
    }

    [Fact]
    public void An_override_that_was_told_late_counts_here_again()
    {
        // While this node could not tell of the removal, it read that the override is there.
        CatchUp(last: 5, overrides: [Entry("anna")]);

        _ledger.Note(new NewsItem.Removal("anna@corp.example"));

        Assert.Equal(["set anna@corp.example", "removed anna@corp.example"], _heard);
    }

    [Fact]
    public void Who_begins_to_listen_hears_the_overrides_that_are_known()
    {
        CatchUp(last: 5, overrides: [Entry("anna")]);
        _heard.Clear();

        _ledger.Listen(_ear);

        Assert.Equal(["set anna@corp.example"], _heard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("00000000000000050000000000000006")]
    [InlineData("0000000000000005000000000000000xrubbish")]
    [InlineData("-000000000000005-000000000000006rubbish")]
    public void Rubbish_is_heard_by_nobody(string text)
    {
        CatchUp(last: 5);

        _ledger.TryHear(System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Empty(_heard);
    }

    private static NewsItem.Flush Flush(string domain) => new(new FlushScope.OfDomain(domain));

    private static Override Entry(string localPart) => new(Mail.Of($"{localPart}@corp.example"), true, Now.AddHours(1), "because", Now);

    private static byte[] Message(long before, long number, NewsItem item, string from = "you") => [.. Digits(before), .. Digits(number), .. NewsCodec.Encode(from, item)];

    private static byte[] Digits(long number) => System.Text.Encoding.ASCII.GetBytes(number.ToString("D16", CultureInfo.InvariantCulture));

    private Override[] CatchUp(
        long last, long trimmed = 0, (long Number, NewsItem Item)[]? entries = null, Override[]? overrides = null, long? since = null, DateTimeOffset? now = null, bool hasLost = false)
    {
        var state = State(last, trimmed, entries ?? [], overrides ?? []) with { HasLostTheLast = hasLost };
        return _ledger.CatchUp(state, new LedgerMark(since ?? _ledger.Heard, _ledger.Mark.Notes), now ?? Now)!;
    }

    private static NewsState State(long last, long trimmed, (long Number, NewsItem Item)[] entries, params Override[] overrides) => new(
        last,
        trimmed,
        [],
        [.. overrides.Select(static entry => NewsCodec.Encode("you", new NewsItem.Set(entry)))],
        [.. entries.Select(static entry => (byte[])[.. Digits(entry.Number), .. NewsCodec.Encode("you", entry.Item)])]);

    private sealed class Ear : IClusterListener
    {
        public List<string> Heard { get; } = [];

        public void Flushed(FlushScope scope) => Heard.Add(scope is FlushScope.OfDomain domain ? $"flush {domain.Domain}" : "flush all");

        public void Overridden(IReadOnlyCollection<Override> entries) => Heard.AddRange(entries.Select(static entry => $"set {entry.Address.Text}"));

        public void OverrideRemoved(string address) => Heard.Add($"removed {address}");
    }
}
