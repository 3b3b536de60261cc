using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Storing;

/// <summary>What the store's word is worth to a lookup.</summary>
public sealed class StoreTests
{
    private const string Anna = "anna@corp.example";
    private const string Key = "shared\n" + Anna;

    private static readonly Answer.Unknown Away = new(UnknownReason.Unreachable, "refused");

    [Fact]
    public void Who_was_seen_before_a_restart_is_valid_while_all_directories_are_away()
    {
        using var world = Of(2, out _);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Ask(Anna);
        world.Advance(TimeSpan.FromMinutes(10));
        world.Restart();
        TakeAway(world);

        var verdict = world.Ask(Anna);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        var evidence = verdict.Evidence.Single(static e => e.Directory == "d0");
        Assert.Equal(EvidenceSource.Store, evidence.Source);
        Assert.Equal(TimeSpan.FromMinutes(10), evidence.Age);
        Assert.Equal(TimeSpan.Zero, evidence.Took);

        // From now on memory has it.
        Assert.Equal(EvidenceSource.Store, world.Ask(Anna, explain: true).Evidence.Single(static e => e.Directory == "d0").Source);
    }

    [Theory]
    [InlineData(6.9, VerdictKind.Valid)]
    [InlineData(7.1, VerdictKind.Unknown)]
    public void Past_its_time_it_helps_for_the_stale_time_while_its_directory_is_away(double days, VerdictKind expected)
    {
        using var world = Of(2, out _);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Ask(Anna);
        world.Advance(TimeSpan.FromHours(1) + TimeSpan.FromDays(days));
        world.Restart();
        TakeAway(world);

        var verdict = world.Ask(Anna);
        Assert.Equal(expected, verdict.Kind);
        Assert.Equal(expected == VerdictKind.Valid, verdict.Evidence.Any(static e => e.Source == EvidenceSource.Stale));
    }

    [Fact]
    public void Past_its_time_it_makes_nothing_while_its_directory_answers()
    {
        using var world = Of(2, out _);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Ask(Anna);
        world.Advance(TimeSpan.FromHours(2));
        world.Restart();
        world[0].Says = static _ => Answer.No;

        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void What_all_directories_denied_before_a_restart_is_invalid_for_its_time_without_asking_again()
    {
        using var world = Of(2, out _);
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        world.Advance(TimeSpan.FromSeconds(30));
        world.Restart();

        var verdict = world.Ask(Anna);
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        Assert.All(verdict.Evidence, static e => Assert.Equal(EvidenceSource.Store, e.Source));
        Assert.Equal(1, world[0].Asked);

        // And not a moment longer.
        world.Advance(TimeSpan.FromSeconds(31));
        TakeAway(world);
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Absences_of_some_directories_only_count_for_nothing()
    {
        using var world = Of(2, out _);
        world[1].Says = static _ => Away;
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
        world.Restart();
        world[1].Says = static _ => Answer.No;

        // The recipient may have come to the first since it was asked.
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void An_absence_and_an_absence_of_another_time_are_not_put_together()
    {
        using var world = Of(2, out var store);
        // Memory has d0's; the store, of another node, d1's.
        world[1].Says = static _ => Away;
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
        store.Kept[Key] = [Sheet(Absent(world, "d1", -5))];
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Who_is_gone_by_another_nodes_word_is_not_valid_by_ours_and_not_invalid_by_two_words()
    {
        using var world = Of(2, out var store);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Ask(Anna);
        world.Advance(TimeSpan.FromHours(2));

        // Another node has seen that d0 has her no more; d1 has had her since.
        store.Kept[Key] = [Sheet(Absent(world, "d0", -10))];
        TakeAway(world);
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
        world[1].Says = static _ => ScriptedServer.Exists("d1");
        world.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(30)]
    [InlineData(86_400)]
    public void An_absence_from_the_future_counts_for_nothing(double seconds)
    {
        using var world = Of(1, out var store);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        store.Keep(Sheet(Absent(world, "d0", seconds)));

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
        Assert.Equal(1, world[0].Asked);
    }

    [Fact]
    public void An_exists_of_a_clock_that_is_a_little_ahead_is_as_if_it_were_given_now()
    {
        using var world = Of(1, out var store);
        store.Keep(Sheet(Exists(world, "d0", 30)));

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
        Assert.Equal(0, world[0].Asked);
        world.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(30));
        TakeAway(world);
        Assert.Equal(EvidenceSource.Stale, Assert.Single(world.Ask(Anna).Evidence).Source);
    }

    [Fact]
    public void An_exists_from_far_in_the_future_helps_only_while_its_directory_is_away()
    {
        using var world = Of(1, out var store);
        store.Keep(Sheet(Exists(world, "d0", 86_400)));
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);

        world.Restart();
        TakeAway(world);
        store.Kept[Key].RemoveAt(1);
        Assert.Equal(EvidenceSource.Stale, Assert.Single(world.Ask(Anna).Evidence).Source);
    }

    [Fact]
    public void It_is_fresh_no_longer_than_answers_are_by_the_settings_of_today()
    {
        using var world = Of(1, out var store);
        store.Keep(Sheet(new StoredAnswer("d0", Answer.No, world.Time.GetUtcNow().AddMinutes(-2), TimeSpan.FromHours(1)) { Origin = OriginOf(world, "d0") }));
        world[0].Says = static _ => ScriptedServer.Exists("d0");

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void An_absence_that_was_told_to_another_question_counts_for_nothing()
    {
        using var world = Of(1, out _);
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        world.Directories[0].Origin = "with the right filter";
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Restart();

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Who_exists_by_the_answer_to_another_question_is_asked_for_anew()
    {
        using var world = Of(1, out _);
        world[0].Says = static _ => Having("mail");
        world.Ask(Anna);
        world.Directories[0].Origin = "with one more attribute";
        world[0].Says = static _ => Having("mail", "memberOf");
        world.Restart();

        Assert.Equal(["mail", "memberOf"], world.Ask(Anna).Recipient!.Attributes.Keys);
    }

    [Fact]
    public void While_its_directory_is_away_such_an_answer_helps_and_tells_what_may_still_be_told()
    {
        using var world = Of(1, out _);
        world[0].Says = static _ => Having("mail", "memberOf");
        world.Ask(Anna);
        world.Directories[0].Origin = "with one attribute less, and another one";
        world.Directories[0].PublishedAttributes = ["Mail", "department"];
        world.Restart();
        TakeAway(world);

        var verdict = world.Ask(Anna);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(EvidenceSource.Stale, Assert.Single(verdict.Evidence).Source);
        Assert.Equal(["mail"], verdict.Recipient!.Attributes.Keys);
        Assert.True(verdict.Recipient.IsPartial);
    }

    [Fact]
    public void Directories_that_are_no_longer_of_the_namespace_count_for_nothing()
    {
        using var world = Of(1, out var store);
        store.Keep(Sheet(Exists(world, "gone", -1), Absent(world, "d0", -1)));
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        Assert.Equal(0, world[0].Asked);
    }

    [Fact]
    public void A_directory_that_the_namespace_has_got_since_is_asked()
    {
        using var world = Of(2, out var store);
        store.Keep(Sheet(Absent(world, "d0", -1)));
        world[1].Says = static _ => ScriptedServer.Exists("d1");
        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Only_directories_whose_answer_is_missing_or_old_are_asked()
    {
        using var world = Of(3, out var store);
        store.Keep(Sheet(Exists(world, "d0", -7200), Exists(world, "d1", -10)));
        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
        Assert.Equal(0, world[0].Asked + world[1].Asked + world[2].Asked);
    }

    [Fact]
    public void What_directories_say_is_handed_over_in_utc_with_its_time()
    {
        using var world = Of(2, out var store);
        world[1].Delay = TimeSpan.FromSeconds(1);
        world[1].Says = static _ => ScriptedServer.Exists("d1");
        world.Advance(TimeSpan.FromMinutes(5));
        var before = world.Time.GetUtcNow();
        world.Ask(Anna);

        var kept = store.Last(Key)!.Answers;
        Assert.Equal(["d0", "d1"], kept.Select(static answer => answer.Directory));
        Assert.Equal([Answer.No, ScriptedServer.Exists("d1")], kept.Select(static answer => answer.Answer));
        Assert.Equal([before, before.AddSeconds(1)], kept.Select(static answer => answer.GivenAt));
        Assert.Equal([TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)], kept.Select(static answer => answer.FreshFor));
    }

    [Fact]
    public void What_came_out_of_the_store_is_not_put_back()
    {
        using var world = Of(2, out var store);
        store.Keep(Sheet(Exists(world, "d0", -10)));
        world.Ask(Anna);
        Assert.Single(store.Kept[Key]);

        // Nor with what is learnt besides.
        world.Advance(TimeSpan.FromHours(2));
        world[0].Says = static _ => Away;
        world.Ask(Anna);
        Assert.Equal(["d1"], store.Last(Key)!.Answers.Select(static answer => answer.Directory));
    }

    [Fact]
    public void It_is_read_once_for_all_who_ask_together_and_not_when_memory_knows()
    {
        using var world = Of(1, out var store);
        store.Delay = TimeSpan.FromMilliseconds(20);
        world[0].Delay = TimeSpan.FromMilliseconds(500);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        var lookups = Enumerable.Range(0, 10).Select(_ => world.Start(Anna)).ToArray();
        world.Advance(1);

        Assert.All(lookups, static lookup => Assert.Equal(VerdictKind.Valid, lookup.Result.Kind));
        Assert.Equal(1, store.Reads);
        Assert.Equal(1, world[0].Asked);
        world.Ask(Anna);
        Assert.Equal(1, store.Reads);
    }

    [Fact]
    public void One_that_hangs_costs_a_short_time_and_after_a_few_times_none()
    {
        using var world = Of(1, out var store);
        store.Delay = null;
        for (var i = 0; i < StoreReader.LateReads; i++)
            Assert.Equal(StoreReader.Limit, Time(world, () => world.Ask($"p{i}@corp.example")));
        Assert.Equal(TimeSpan.Zero, Time(world, () => world.Ask("p10@corp.example")));
        Assert.Equal(StoreReader.LateReads, store.Reads);

        world.Advance(StoreReader.Pause);
        store.Delay = TimeSpan.Zero;
        world.Ask("p11@corp.example");
        Assert.Equal(StoreReader.LateReads + 1, store.Reads);
    }

    [Fact]
    public void One_that_cannot_be_read_is_not_read()
    {
        using var world = Of(1, out var store);
        store.CanBeRead = false;
        store.Keep(Sheet(Exists(world, "d0", -10)));

        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        Assert.Equal(0, store.Reads);
    }

    [Fact]
    public void A_bug_in_it_costs_no_answer()
    {
        using var world = Of(1, out var store);
        store.Throws = true;
        world[0].Says = static _ => ScriptedServer.Exists("d0");

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void A_late_sheet_is_not_taken_after_the_directories_have_been_asked()
    {
        using var world = Of(1, out var store);
        store.Keep(Sheet(Exists(world, "d0", -10)));
        store.Delay = TimeSpan.FromSeconds(1);
        world[0].Delay = TimeSpan.FromSeconds(1.5);

        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
    }

    private static Answer.Exists Having(params string[] attributes) => new(new Recipient
    {
        Directory = "d0",
        Attributes = AttributeDictionary.Of(attributes.Select(static name => KeyValuePair.Create(name, ImmutableArray.Create("a value")))),
    });

    private static World Of(int directories, out ScriptedStore store)
    {
        ScriptedStore? made = null;
        var world = World.Of(directories, second: time => new SecondLevel(made = new ScriptedStore(time)));
        store = made!;
        return world;
    }

    private static void TakeAway(World world)
    {
        foreach (var directory in world.Directories)
            directory.Server.Says = static _ => Away;
    }

    private static StoredSheet Sheet(params StoredAnswer[] answers) => new(Key, [.. answers]);

    private static StoredAnswer Absent(World world, string directory, double seconds) =>
        new(directory, Answer.No, world.Time.GetUtcNow().AddSeconds(seconds), TimeSpan.FromSeconds(60)) { Origin = OriginOf(world, directory) };

    private static StoredAnswer Exists(World world, string directory, double seconds) =>
        new(directory, ScriptedServer.Exists(directory), world.Time.GetUtcNow().AddSeconds(seconds), TimeSpan.FromHours(1)) { Origin = OriginOf(world, directory) };

    private static uint OriginOf(World world, string directory) => Origins.NumberOf(world.Directories.FirstOrDefault(one => one.Name == directory)?.Origin ?? "");

    private static TimeSpan Time(World world, Action action)
    {
        var before = world.Time.Elapsed;
        action();
        return world.Time.Elapsed - before;
    }
}
