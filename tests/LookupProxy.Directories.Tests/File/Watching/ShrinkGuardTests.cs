using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Watching;

public sealed class ShrinkGuardTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_file_that_has_lost_too_many_is_refused_until_it_has_them_again()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(79);
        file.Settle();
        Assert.True(file.Exists("p99@x"));
        Assert.Equal("has lost 21 of 100 addresses, more than maxShrink (20 %) allows; refused until it changes again or an administrator accepts it (lookupproxy directory accept test --token-file FILE)", file.Doubt("nobody@x"));
        file.Pass(60 * Second);
        Assert.NotNull(file.Doubt("nobody@x"));
        file.WritePeople(101);
        file.Settle();
        Assert.True(file.Exists("p100@x"));
        Assert.True(file.Absent("nobody@x"));
    }

    [Fact]
    public void What_an_administrator_accepts_is_taken_and_nothing_else()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        Assert.Null(file.Watch.Accept());
        file.WritePeople(50);
        file.Settle();
        Assert.NotNull(file.Watch.Shrunk);
        Assert.NotNull(file.Watch.Accept());
        // Another state of the file than what was accepted.
        file.WritePeople(10);
        file.Settle();
        Assert.True(file.Exists("p99@x"));
        Assert.Contains("has lost 90 of 100", file.Watch.Shrunk!.What, StringComparison.Ordinal);

        Assert.NotNull(file.Watch.Accept());
        file.Settle();
        Assert.Null(file.Watch.Shrunk);
        Assert.True(file.Exists("p9@x"));
        Assert.False(file.Exists("p99@x"));
        file.Pass(60 * Second);
        Assert.True(file.Absent("p99@x"));
    }

    [Fact]
    public void A_file_that_is_as_it_was_needs_no_acceptance()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(10);
        file.Settle();
        file.WritePeople(100);
        file.Settle();
        Assert.Null(file.Watch.Shrunk);
    }

    [Fact]
    public void Another_organisations_file_of_the_same_size_is_refused()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        file.Write(WatchedFile.People(100).Replace("@x", "@y", StringComparison.Ordinal));
        file.Settle();
        Assert.True(file.Exists("p1@x"));
        Assert.NotNull(file.Doubt("p1@y"));
    }

    [Fact]
    public void A_restart_does_not_make_the_truth_of_a_file_that_has_lost_too_many()
    {
        using var file = new WatchedFile(Keeping);
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(50);
        file.Settle();
        file.Restart();
        file.Settle();
        Assert.StartsWith("holds 50 addresses, and had 100 before the restart", file.Doubt("p99@x"), StringComparison.Ordinal);
        Assert.True(file.Exists("p49@x"));
        Assert.NotNull(file.Watch.Shrunk);

        // Nor does one that is cut short once more, or another restart.
        file.WritePeople(49);
        file.Settle();
        Assert.NotNull(file.Doubt("p49@x"));
        file.Restart();
        file.Settle();
        Assert.NotNull(file.Doubt("p99@x"));

        Assert.NotNull(file.Watch.Accept());
        file.Settle();
        Assert.True(file.Absent("p99@x"));
        file.Restart();
        file.Settle();
        Assert.True(file.Absent("p99@x"));
    }

    [Fact]
    public void After_a_restart_a_file_is_taken_that_has_them_again_or_is_another()
    {
        using var file = new WatchedFile(Keeping);
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(50);
        file.Settle();
        file.Restart();
        file.Settle();
        file.WritePeople(90);
        file.Settle();
        Assert.True(file.Absent("nobody@x"));

        file.WritePeople(10);
        System.IO.File.Move(file.Path, file.Path + "2");
        file.Restart(static options => options with { Path = options.Path + "2" });
        file.Settle();
        Assert.True(file.Absent("p50@x"));

        file.WritePeople(100);
        file.Pass(20 * Second);
        file.WritePeople(10);
        file.Restart(static options => options with { CaseSensitive = true });
        file.Settle();
        Assert.True(file.Absent("p50@x"));
    }

    [Fact]
    public void A_count_that_cannot_be_kept_holds_up_nothing()
    {
        using var file = new WatchedFile(static options => options with { CountPath = Path.Combine(options.Path, "no", "such", "folder") });
        file.WritePeople(100);
        file.Poll();
        Assert.True(file.Absent("nobody@x"));
    }

    private static FileDirectoryOptions Keeping(FileDirectoryOptions options) => options with { CountPath = options.Path + ".count" };

    [Theory]
    [InlineData("")]
    [InlineData("# nobody\n")]
    public void An_empty_file_is_refused_at_the_start_and_later(string empty)
    {
        using var file = new WatchedFile();
        file.Write(empty);
        file.Poll();
        Assert.StartsWith("holds no address", file.Doubt("anna@x"), StringComparison.Ordinal);
        file.Write("anna@x\n");
        file.Settle();
        Assert.True(file.Absent("nobody@x"));
        file.Write(empty);
        file.Settle();
        Assert.True(file.Exists("anna@x"));
        Assert.StartsWith("holds no address", file.Doubt("nobody@x"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_operator_can_accept_any_change()
    {
        using var file = new WatchedFile(options => options with { MaxShrink = 1 });
        file.WritePeople(100);
        file.Poll();
        file.Write("");
        file.Pass(20 * Second);
        Assert.True(file.Absent("p1@x"));
    }

    [Fact]
    public void A_short_list_may_lose_any_number()
    {
        using var file = new WatchedFile();
        file.WritePeople(19);
        file.Poll();
        file.WritePeople(1);
        file.Pass(20 * Second);
        Assert.True(file.Absent("p18@x"));
        Assert.True(file.Exists("p0@x"));
    }

    [Fact]
    public void Addresses_that_a_file_has_lost_are_not_known_before_they_are_absent()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(90);
        file.Settle();
        Assert.Equal("no longer holds the address, since less than 10 s", file.Doubt("p95@x"));
        Assert.True(file.Absent("nobody@x"));
        file.Pass(8 * Second);
        Assert.NotNull(file.Doubt("p95@x"));
        file.Pass(2 * Second);
        Assert.True(file.Absent("p95@x"));
    }

    /// <summary>A writer that pauses again and again: each state looks whole, and none may make those it has not written yet absent.</summary>
    [Fact]
    public void A_file_that_shrinks_step_by_step_is_held_against_what_it_was_first()
    {
        using var file = new WatchedFile();
        file.WritePeople(100);
        file.Poll();
        file.WritePeople(85);
        file.Settle();
        file.WritePeople(70);
        file.Settle();
        Assert.StartsWith("has lost 30 of 100", file.Doubt("p99@x"), StringComparison.Ordinal);
        Assert.True(file.Exists("p84@x"));
        file.WritePeople(100);
        file.Settle();
        Assert.True(file.Exists("p99@x"));
        Assert.True(file.Absent("nobody@x"));
    }
}
