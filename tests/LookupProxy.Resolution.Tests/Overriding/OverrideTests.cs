using LookupProxy.Core.Overrides;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Overriding;

public sealed class OverrideTests
{
    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("ANNA@corp.example")]
    [InlineData("anna@alias.example")]
    [InlineData("anna+news@corp.example")]
    public void The_administrators_word_comes_before_memory_and_directories(string asked)
    {
        using var world = Of(out _, out _);
        Assert.Equal(VerdictKind.Invalid, world.Ask(asked).Kind);
        var questions = world[0].Asked;
        Set(world, "Anna@corp.example", valid: true, why: "new mailbox, ticket 12");
        world.Advance(60);

        var verdict = world.Ask(asked, explain: true);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(questions, world[0].Asked);
        var evidence = Assert.Single(verdict.Evidence);
        Assert.Equal(EvidenceSource.Override, evidence.Source);
        Assert.Equal("new mailbox, ticket 12", evidence.Note);
        Assert.Equal(TimeSpan.FromMinutes(1), evidence.Age);
        Assert.IsType<Answer.Exists>(evidence.Answer);
    }

    [Fact]
    public void It_can_be_that_nobody_is_there()
    {
        using var world = Of(out _, out _);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        Set(world, "anna@corp.example", valid: false);

        var verdict = world.Ask("anna@corp.example", explain: true);
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        Assert.Null(verdict.Recipient);
        Assert.Equal(Answer.No, Assert.Single(verdict.Evidence).Answer);
        Assert.Equal(VerdictKind.Valid, world.Ask("bert@corp.example").Kind);
    }

    [Fact]
    public void The_word_on_the_whole_address_comes_before_that_on_the_one_without_its_extension()
    {
        using var world = Of(out _, out _);
        Set(world, "anna@corp.example", valid: false);
        Set(world, "anna+news@corp.example", valid: true);

        Assert.Equal(VerdictKind.Valid, world.Ask("anna+news@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna+other@corp.example").Kind);
    }

    [Fact]
    public void Postmaster_stays_valid_and_other_names_that_always_are_do_not()
    {
        using var world = World.Of(1, change: static model => model with { Namespaces = [model.Namespaces[0] with { AlwaysValid = ["abuse"] }] });
        Set(world, "postmaster@corp.example", valid: false);
        Set(world, "abuse@corp.example", valid: false);

        Assert.Equal(VerdictKind.Valid, world.Ask("postmaster@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("abuse@corp.example").Kind);
    }

    [Fact]
    public void In_domains_that_are_not_ours_it_means_nothing()
    {
        using var world = Of(out _, out _);
        Set(world, "anna@elsewhere.example", valid: true);

        Assert.Equal(VerdictKind.NotOurs, world.Ask("anna@elsewhere.example").Kind);
        Assert.Single(world.Resolver.Overrides.Current);
        Assert.False(world.Resolver.Overrides.Concern(Mail.Of("anna@elsewhere.example")));
        Assert.True(world.Resolver.Overrides.Concern(Mail.Of("anna@corp.example")));
        Assert.True(world.Resolver.Overrides.Concern(Mail.Of("anna@alias.example")));
    }

    [Fact]
    public void It_ends_with_its_time_and_is_listed_until_then()
    {
        using var world = Of(out _, out _);
        Set(world, "anna@corp.example", valid: true, hours: 1);
        Set(world, "bert@corp.example", valid: true, hours: 2);
        world.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(2, world.Resolver.Overrides.Current.Length);

        world.Advance(1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal("bert@corp.example", Assert.Single(world.Resolver.Overrides.Current).Address.Text);
    }

    [Fact]
    public void It_can_be_taken_back()
    {
        using var world = Of(out var store, out var news);
        Set(world, "anna@corp.example", valid: true);

        Assert.Equal(new OverrideRemoval(true, new OverrideChange(true, true)), Remove(world, "anna@corp.example"));
        Assert.Equal(new OverrideRemoval(false, new OverrideChange(true, true)), Remove(world, "anna@corp.example"));
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Empty(store.Overrides);
        Assert.Equal("anna@corp.example", news.Told[^1]);
    }

    [Theory]
    [InlineData("Anna@corp.example")]
    [InlineData("anna@alias.example")]
    [InlineData("anna@corp.example")]
    public void It_is_taken_back_however_the_address_is_spelled(string spelled)
    {
        using var world = Of(out var store, out var news);
        Set(world, "anna@corp.example", valid: true);
        world.Advance(1);
        Set(world, "ANNA@corp.example", valid: true);
        Set(world, "bert@corp.example", valid: true);

        Assert.Equal(new OverrideRemoval(true, new OverrideChange(true, true)), Remove(world, spelled));

        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal("bert@corp.example", Assert.Single(world.Resolver.Overrides.Current).Address.Text);
        Assert.Single(store.Overrides);
        Assert.Contains("anna@corp.example", news.Told);
        Assert.Contains("ANNA@corp.example", news.Told);
    }

    [Fact]
    public void It_outlives_a_restart()
    {
        using var world = Of(out _, out _);
        Set(world, "anna@corp.example", valid: true, hours: 1);
        Set(world, "bert@corp.example", valid: true, hours: 3);
        world.Advance(TimeSpan.FromHours(2));
        world.Restart();
        world.Finish(world.Resolver.LoadOverridesAsync(TimeSpan.FromSeconds(1)).AsTask());

        Assert.Equal("bert@corp.example", Assert.Single(world.Resolver.Overrides.Current).Address.Text);
        Assert.Equal(VerdictKind.Valid, world.Ask("bert@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void One_that_is_taken_back_before_it_was_loaded_does_not_come_back()
    {
        using var world = Of(out var store, out _);
        Set(world, "anna@corp.example", valid: true);
        Set(world, "bert@corp.example", valid: true);
        world.Restart();
        store.LoadDelay = TimeSpan.FromSeconds(10);
        world.Finish(world.Resolver.LoadOverridesAsync(TimeSpan.FromSeconds(1)).AsTask());
        Remove(world, "anna@corp.example");
        world.Advance(10);

        Assert.Equal("bert@corp.example", Assert.Single(world.Resolver.Overrides.Current).Address.Text);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void Other_nodes_hear_of_it_and_it_counts_there()
    {
        using var world = Of(out var store, out var news);
        var entry = Entry(world, "anna@corp.example", true, 1, "");
        Assert.True(world.Finish(world.Resolver.Overrides.SetAsync(entry, default).AsTask()).AllNodesTold);
        Assert.Equal([entry], news.Told);
        news.Telling = Telling.Waits;
        Assert.False(world.Finish(world.Resolver.Overrides.SetAsync(entry with { Why = "again" }, default).AsTask()).AllNodesTold);

        // And the other way.
        news.Told.Clear();
        news.Listener!.Overridden([Entry(world, "bert@corp.example", true, 1, "")]);
        Assert.Equal(VerdictKind.Valid, world.Ask("bert@corp.example").Kind);
        Assert.Single(store.Overrides);
        news.Listener.OverrideRemoved("bert@corp.example");
        Assert.Equal(VerdictKind.Invalid, world.Ask("bert@corp.example").Kind);
        Assert.Single(store.Overrides);
        Assert.Empty(news.Told);
    }

    [Theory]
    [InlineData(true, Telling.Done, true)]
    [InlineData(false, Telling.Done, false)]
    [InlineData(false, Telling.Kept, true)]
    [InlineData(true, Telling.Waits, false)]
    public void Whether_a_restart_would_undo_it_is_told(bool keeps, Telling telling, bool isWritten)
    {
        using var world = Of(out var store, out var news);
        (store.Keeps, news.Telling) = (keeps, telling);

        Assert.Equal(isWritten, world.Finish(world.Resolver.Overrides.SetAsync(Entry(world, "anna@corp.example", true, 1, ""), default).AsTask()).StoreWritten);
        Assert.Equal(isWritten, Remove(world, "anna@corp.example").Change.StoreWritten);
    }

    [Fact]
    public void All_that_are_heard_at_once_are_taken_at_once()
    {
        using var world = Of(out _, out var news);
        Override[] entries = [.. Enumerable.Range(0, OverrideLimits.Count + 1).Select(i => Entry(world, $"p{i}@corp.example", true, 1, ""))];
        var began = TimeProvider.System.GetTimestamp();
        news.Listener!.Overridden(entries);

        // One by one they took two minutes, and the start waits for two seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(OverrideLimits.Count, world.Resolver.Overrides.Current.Length);
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask($"p{OverrideLimits.Count}@corp.example").Kind);
    }

    [Fact]
    public void One_that_a_clock_took_for_expired_at_a_start_counts_when_the_clock_is_right_again()
    {
        using var world = Of(out var store, out _);
        Set(world, "anna@corp.example", valid: true, hours: 1);
        world.Time.SetTimeOfDay(TimeSpan.FromHours(3));
        world.Restart();
        world.Finish(world.Resolver.LoadOverridesAsync(TimeSpan.FromSeconds(1)).AsTask());
        Assert.Empty(world.Resolver.Overrides.Current);
        Assert.Single(store.Overrides);

        world.Time.SetTimeOfDay(-TimeSpan.FromHours(3));
        Set(world, "bert@corp.example", valid: true);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void There_is_a_limit_of_their_number()
    {
        using var world = World.Of(1, second: static time => new SecondLevel(Overrides: Full(time)));
        world.Finish(world.Resolver.LoadOverridesAsync(TimeSpan.FromSeconds(1)).AsTask());
        Assert.Equal(OverrideLimits.Count, world.Resolver.Overrides.Current.Length);

        Assert.Throws<InvalidOperationException>(() => Set(world, "anna@corp.example", valid: true));
        Set(world, "p1@corp.example", valid: false);
        Assert.Equal(VerdictKind.Invalid, world.Ask("p1@corp.example").Kind);
        Remove(world, "p2@corp.example");
        Set(world, "anna@corp.example", valid: true);

        static ScriptedStore Full(TimeProvider time)
        {
            var store = new ScriptedStore(time);
            for (var i = 0; i < OverrideLimits.Count; i++)
                store.Overrides.Add(Mail.Of($"p{i}@corp.example"), new Override(Mail.Of($"p{i}@corp.example"), true, time.GetUtcNow().AddHours(1), "", time.GetUtcNow()));
            return store;
        }
    }

    [Fact]
    public void Where_case_counts_it_counts_for_overrides_too()
    {
        using var world = World.Of(1, change: static model => model with { Namespaces = [model.Namespaces[0] with { CaseSensitive = true }] });
        Set(world, "Anna@corp.example", valid: true);

        Assert.Equal(VerdictKind.Valid, world.Ask("Anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
    }

    private static World Of(out ScriptedStore store, out ScriptedNews news)
    {
        ScriptedStore? made = null;
        var told = news = new ScriptedNews();
        var world = World.Of(1, second: time => new SecondLevel(News: told, Overrides: made = new ScriptedStore(time)));
        store = made!;
        return world;
    }

    private static Override Entry(World world, string address, bool valid, double hours, string why) =>
        new(Mail.Of(address), valid, world.Time.GetUtcNow().AddHours(hours), why, world.Time.GetUtcNow());

    private static void Set(World world, string address, bool valid, double hours = 2, string why = "") =>
        world.Finish(world.Resolver.Overrides.SetAsync(Entry(world, address, valid, hours, why), default).AsTask());

    private static OverrideRemoval Remove(World world, string address) => world.Finish(world.Resolver.Overrides.RemoveAsync(Mail.Of(address), default).AsTask());
}
