using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Flushing;

public sealed class FlushTests
{
    private const string Anna = "anna@corp.example";

    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("ANNA@alias.example")]
    [InlineData("anna+news@corp.example")]
    public void Who_was_invalid_is_asked_for_anew_after_a_flush_of_the_address_in_any_form(string form)
    {
        using var world = Of(2, out var store, out _);
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        world[1].Says = static _ => ScriptedServer.Exists("d1");
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);

        Assert.Equal(new FlushResult(1, true, true), Flush(world, new FlushScope.OfAddress(Mail.Of(form))));
        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
        Assert.Contains(new FlushScope.OfAddress(Mail.Of(Anna)), store.Forgotten);
    }

    [Fact]
    public void With_an_extension_both_forms_are_forgotten()
    {
        using var world = Of(1, out _, out _);
        world.Ask("anna+news@corp.example");
        world.Ask("bert@corp.example");

        Assert.Equal(2, Flush(world, new FlushScope.OfAddress(Mail.Of("anna+news@alias.example"))).Sheets);
        Assert.Equal(1, world.Resolver.Cache.Absent.Count);
    }

    [Theory]
    [InlineData("corp.example")]
    [InlineData("alias.example")]
    public void A_domain_is_flushed_whole_and_no_other(string domain)
    {
        using var world = Of(1, out var store, out _, static model => model with
        {
            Namespaces = [model.Namespaces[0], model.Namespaces[0] with { Name = "other", Domains = ["xcorp.example"], DomainAliases = ImmutableDictionary<string, string>.Empty }],
        });
        world[0].Says = static address => address.LocalPart.StartsWith('a') ? ScriptedServer.Exists("d0") : Answer.No;
        foreach (var address in new[] { Anna, "anton@alias.example", "bert@corp.example", "anna@xcorp.example" })
            world.Ask(address);

        Assert.Equal(3, Flush(world, new FlushScope.OfDomain(domain)).Sheets);
        Assert.Equal(["other\nanna@xcorp.example"], world.Resolver.Cache.Exists.Keys);
        Assert.Contains(new FlushScope.OfDomain("corp.example"), store.Forgotten);
        Assert.Single(store.Kept);
    }

    [Fact]
    public void All_is_all()
    {
        using var world = Of(1, out var store, out _);
        for (var i = 0; i < 100; i++)
            world.Ask($"p{i}@corp.example");

        Assert.Equal(100, Flush(world, new FlushScope.OfAll()).Sheets);
        Assert.Equal(0, world.Resolver.Cache.Absent.Count);
        Assert.Empty(store.Kept);
    }

    [Fact]
    public void A_question_under_way_is_answered_but_not_kept_and_nobody_joins_it()
    {
        using var world = Of(1, out var store, out _);
        world[0].Delay = TimeSpan.FromSeconds(1);
        var before = world.Start(Anna);
        world.Advance(0.5);
        Flush(world, new FlushScope.OfAddress(Mail.Of(Anna)));
        var after = world.Start(Anna);
        world.Advance(0.5);

        Assert.True(before.IsCompleted);
        Assert.Equal(VerdictKind.Invalid, world.Finish(before).Kind);
        Assert.Null(world.Resolver.Cache.Find("shared\n" + Anna));
        Assert.Empty(store.Kept);
        Assert.Equal(2, world[0].Asked);
        Assert.False(after.IsCompleted);

        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Advance(0.5);
        Assert.True(after.IsCompleted);
        Assert.Equal(VerdictKind.Valid, world.Finish(after).Kind);
        Assert.NotNull(world.Resolver.Cache.Find("shared\n" + Anna));
        Assert.Single(store.Kept);
    }

    [Fact]
    public void A_question_under_way_elsewhere_is_kept()
    {
        using var world = Of(1, out _, out _);
        world[0].Delay = TimeSpan.FromSeconds(1);
        var bert = world.Start("bert@corp.example");
        Flush(world, new FlushScope.OfAddress(Mail.Of(Anna)));
        world.Finish(bert);

        Assert.NotNull(world.Resolver.Cache.Find("shared\nbert@corp.example"));
    }

    [Fact]
    public void A_store_that_is_read_during_a_flush_brings_nothing_back()
    {
        using var world = Of(1, out var store, out _);
        world.Ask(Anna);
        world.Advance(1);
        world.Resolver.Cache.Absent.Clear();
        store.Delay = TimeSpan.FromMilliseconds(50);
        store.Forgets = false;
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        var lookup = world.Start(Anna);
        Flush(world, new FlushScope.OfAll());

        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
        Assert.Null(world.Resolver.Cache.Find("shared\n" + Anna));
    }

    [Fact]
    public void A_store_that_does_not_forget_is_not_believed()
    {
        using var world = Of(1, out var store, out _);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world.Ask(Anna);
        world.Advance(1);
        store.Forgets = false;
        Flush(world, new FlushScope.OfAddress(Mail.Of(Anna)));
        world[0].Says = static _ => Answer.No;

        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        Assert.Equal(2, world[0].Asked);
    }

    [Fact]
    public void Other_nodes_are_told_as_it_was_said_and_whether_they_could_be_is_told()
    {
        using var world = Of(1, out _, out var news);
        var scope = new FlushScope.OfAddress(Mail.Of("anna+news@alias.example"));
        news.Telling = Telling.Waits;

        Assert.False(Flush(world, scope).AllNodesTold);
        Assert.Equal([scope], news.Told);
    }

    [Theory]
    [InlineData(true, Telling.Done, true)]
    [InlineData(false, Telling.Done, false)]
    [InlineData(false, Telling.Kept, true)]
    [InlineData(false, Telling.Waits, false)]
    public void Whether_a_restart_would_undo_it_is_told(bool forgets, Telling telling, bool isWritten)
    {
        using var world = Of(1, out var store, out var news);
        (store.Forgets, news.Telling) = (forgets, telling);

        Assert.Equal(isWritten, Flush(world, new FlushScope.OfAll()).StoreWritten);
    }

    [Fact]
    public void What_another_node_flushed_is_forgotten_here_and_not_told_again()
    {
        using var world = Of(1, out _, out var news);
        world.Ask(Anna);
        world.Advance(1);
        news.Listener!.Flushed(new FlushScope.OfDomain("alias.example"));

        Assert.Equal(0, world.Resolver.Cache.Absent.Count);
        Assert.Empty(news.Told);
        world.Ask(Anna);
        Assert.Equal(2, world[0].Asked);
    }

    [Fact]
    public void What_is_flushed_while_a_question_hangs_does_not_hold_up_the_end()
    {
        using var world = Of(1, out _, out _);
        world[0].Delay = TimeSpan.FromSeconds(1);
        var lookup = world.Start(Anna);
        Flush(world, new FlushScope.OfAll());
        var end = world.Resolver.DisposeAsync().AsTask();
        world.Finish(end);

        // It was let end: it had a second to go.
        Assert.True(lookup.IsCompleted);
        Assert.Equal(VerdictKind.Invalid, world.Finish(lookup).Kind);
    }

    private static FlushResult Flush(World world, FlushScope scope) => world.Finish(world.Resolver.FlushAsync(scope, default).AsTask());

    private static World Of(int directories, out ScriptedStore store, out ScriptedNews news, Func<Resolution.Model.ResolverModel, Resolution.Model.ResolverModel>? change = null)
    {
        ScriptedStore? made = null;
        var told = news = new ScriptedNews();
        var world = World.Of(directories, change: change, second: time => new SecondLevel(made = new ScriptedStore(time), told));
        store = made!;
        return world;
    }
}
