using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Tests.Health;

public sealed class LogTests
{
    [Fact]
    public void A_server_that_goes_and_comes_back_is_logged_once_each_with_what_why_and_what_to_do()
    {
        using var book = new LogBook();
        using var world = World.Of(1, loggers: book);
        Behaviours.Set(world[0], Behaviour.Refuses);
        for (var i = 0; i < 20; i++)
            world.Ask($"a{i}@corp.example");
        var opened = Assert.Single(book.Entries);
        Assert.Equal(LogLevel.Warning, opened.Level);
        Assert.Contains("d0s0", opened.Text, StringComparison.Ordinal);
        Assert.Contains("busy", opened.Text, StringComparison.Ordinal);
        Assert.Contains("look at that server", opened.Text, StringComparison.Ordinal);

        Behaviours.Set(world[0], Behaviour.Absent);
        world.Advance(60);
        Assert.Equal(2, book.Entries.Count);
        Assert.Equal(LogLevel.Information, book.Entries[1].Level);
        Assert.Contains("00:00:00.5", book.Entries[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_flutters_does_not_fill_the_log()
    {
        using var book = new LogBook();
        using var world = World.Of(1, loggers: book);
        for (var i = 0; i < 100; i++)
        {
            Behaviours.Set(world[0], Behaviour.Refuses);
            world.Ask($"a{i}@corp.example");
            Behaviours.Set(world[0], Behaviour.Absent);
            world.Until(() => world.Resolver.Current[0].CanAnswer);
            world.Advance(1);
        }

        Assert.True(book.Entries.Count < 2 * ((world.Time.Elapsed.TotalSeconds / 30) + 2), $"{book.Entries.Count} in {world.Time.Elapsed}");
        Assert.Contains(book.Entries, static entry => entry.Text.Contains("such changes before this one", StringComparison.Ordinal) && !entry.Text.Contains(" 0 such", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lookup_is_not_logged()
    {
        using var book = new LogBook();
        using var world = World.Of(2, loggers: book);
        Behaviours.Set(world[0], Behaviour.Refers);
        world.Ask("anna@corp.example");
        world.Ask("nobody@elsewhere.example");
        Assert.Empty(book.Entries);
    }

    [Fact]
    public void A_fault_of_ours_is_logged_as_an_error()
    {
        using var book = new LogBook();
        using var world = World.Of(1, loggers: book);
        Behaviours.Set(world[0], Behaviour.Throws);
        world.Ask("anna@corp.example");
        Assert.Contains(book.Entries, static entry => entry.Level == LogLevel.Error && entry.Text.Contains("A fault of our own while asking d0s0 of directory d0", StringComparison.Ordinal));
    }
}
