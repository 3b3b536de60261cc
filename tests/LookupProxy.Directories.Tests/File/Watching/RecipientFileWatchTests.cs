using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Watching;

public sealed class RecipientFileWatchTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WatchedFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_file_that_has_long_stood_still_is_read_at_once()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        Assert.True(_file.Exists("anna@x"));
        Assert.True(_file.Absent("nobody@x"));
        Assert.Null(await _file.ProbeAsync());
    }

    [Fact]
    public void A_file_written_just_now_settles_first()
    {
        _file.Write("anna@x\n");
        System.IO.File.SetLastWriteTimeUtc(_file.Path, _file.Clock.GetUtcNow().UtcDateTime);
        _file.Poll();
        Assert.False(_file.Watch.Decided.IsCompleted);
        _file.Clock.Advance(0.9 * Second);
        _file.Poll();
        Assert.False(_file.Watch.Decided.IsCompleted);
        _file.Clock.Advance(0.1 * Second);
        _file.Poll();
        Assert.True(_file.Exists("anna@x"));
    }

    [Fact]
    public void A_time_in_the_future_is_no_hindrance()
    {
        _file.Write("anna@x\n");
        System.IO.File.SetLastWriteTimeUtc(_file.Path, _file.Clock.GetUtcNow().UtcDateTime.AddDays(1));
        _file.Settle();
        Assert.True(_file.Exists("anna@x"));
    }

    [Fact]
    public void A_change_is_seen_once_it_has_settled()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        _file.Write("anna@x\nboris@x\n");
        _file.Poll();
        Assert.True(_file.Absent("boris@x"));
        _file.Settle();
        Assert.True(_file.Exists("boris@x"));
        Assert.True(_file.Exists("anna@x"));
    }

    [Fact]
    public void A_file_that_is_being_written_changes_nothing()
    {
        _file.WritePeople(100);
        _file.Poll();
        _file.Write("");
        for (var written = 0; written < 100; written++)
        {
            _file.Clock.Advance(0.5 * Second);
            _file.Poll();
            Assert.True(_file.Exists("p99@x"));
            System.IO.File.AppendAllText(_file.Path, $"q{written}@x\n");
        }
    }

    [Fact]
    public void After_a_long_time_of_writing_nobody_is_absent()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        for (var written = 0; written < 61; written++)
        {
            Assert.True(_file.Absent("nobody@x"));
            System.IO.File.AppendAllText(_file.Path, $"q{written}@x\n");
            _file.Poll();
            _file.Clock.Advance(0.5 * Second);
        }

        Assert.Equal("has been changing for over 30 s", _file.Doubt("nobody@x"));
        Assert.True(_file.Exists("anna@x"));
        _file.Settle();
        Assert.True(_file.Absent("nobody@x"));
    }

    [Fact]
    public void A_file_that_does_not_end_in_a_line_break_settles_longer()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        _file.Write("anna@x\nboris@x");
        _file.Pass(4 * Second);
        Assert.True(_file.Absent("boris@x"));
        _file.Pass(1 * Second);
        Assert.True(_file.Exists("boris@x"));
    }

    [Fact]
    public void Who_waits_for_a_first_file_that_may_not_be_whole_is_told()
    {
        _file.Write("anna@x");
        System.IO.File.SetLastWriteTimeUtc(_file.Path, _file.Clock.GetUtcNow().UtcDateTime);
        _file.Pass(1.5 * Second);
        Assert.Equal("is being written, or does not end in a line break", _file.Doubt("anna@x"));
        _file.Pass(4 * Second);
        Assert.True(_file.Exists("anna@x"));
    }

    [Fact]
    public async Task A_faulty_file_keeps_the_last_good_content_and_nobody_is_absent()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        _file.Write("anna@x\nboris\n");
        _file.Settle();
        Assert.True(_file.Exists("anna@x"));
        Assert.Equal("line 2: \"boris\" is no address (NoDomain)", _file.Doubt("nobody@x"));
        // So that its circuit stays closed, and anna is found.
        Assert.Null(await _file.ProbeAsync());
        _file.Pass(60 * Second);
        Assert.True(_file.Exists("anna@x"));
        _file.Write("anna@x\nboris@x\n");
        _file.Settle();
        Assert.True(_file.Exists("boris@x"));
        Assert.True(_file.Absent("nobody@x"));
        Assert.Null(await _file.ProbeAsync());
    }

    [Fact]
    public void A_missing_file_answers_not_ready_until_it_comes()
    {
        _file.Poll();
        Assert.Equal("is not there", _file.Doubt("anna@x"));
        _file.Pass(10 * Second);
        _file.Write("anna@x\n");
        _file.Settle();
        Assert.True(_file.Exists("anna@x"));
        Assert.True(_file.Absent("nobody@x"));
    }

    [Fact]
    public void A_file_that_goes_away_leaves_those_who_exist_and_nobody_absent()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        System.IO.File.Delete(_file.Path);
        _file.Poll();
        Assert.True(_file.Exists("anna@x"));
        Assert.Equal("is not there", _file.Doubt("nobody@x"));
        _file.Write("anna@x\n");
        _file.Poll();
        Assert.Equal("is not there", _file.Doubt("nobody@x"));
        _file.Settle();
        Assert.True(_file.Absent("nobody@x"));
    }

    [Fact]
    public void A_folder_in_its_place_is_a_fault()
    {
        Directory.CreateDirectory(_file.Path);
        _file.Poll();
        Assert.Equal("is no file", _file.Doubt("anna@x"));
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_a_fault_and_not_waited_for()
    {
        using (var make = System.Diagnostics.Process.Start("mkfifo", [_file.Path]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        _file.Poll();
        Assert.Equal("is no file", _file.Doubt("anna@x"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        using var file = new WatchedFile(options => options with { Limits = new RecipientFileLimits { MaxFile = 10 } });
        file.Write("anna@x\nboris@x\n");
        file.Poll();
        Assert.Equal("has 15 octets; at most 10 are read", file.Doubt("anna@x"));
    }

    [Fact]
    public void A_file_that_cannot_be_looked_at_any_more_proves_no_absence()
    {
        _file.Write("anna@x\n");
        _file.Poll();
        _file.Clock.Advance(31 * Second);
        Assert.Equal("could not be looked at for over 30 s", _file.Doubt("nobody@x"));
        Assert.True(_file.Exists("anna@x"));
        _file.Poll();
        Assert.True(_file.Absent("nobody@x"));
    }

    [Fact]
    public void A_file_renamed_into_place_is_seen_even_with_the_same_length_and_time()
    {
        _file.Write("anna@x\n");
        var time = System.IO.File.GetLastWriteTimeUtc(_file.Path);
        _file.Poll();
        var next = _file.PathOf("next");
        System.IO.File.WriteAllText(next, "olaf@x\n");
        System.IO.File.SetLastWriteTimeUtc(next, time);
        System.IO.File.Move(next, _file.Path, overwrite: true);
        _file.Settle();
        Assert.True(_file.Exists("olaf@x"));
    }

    /// <summary>A Kubernetes ConfigMap: people → ..data/people, ..data → ..1, which is then exchanged for ..2.</summary>
    [Fact]
    public void A_link_swapped_on_the_way_to_the_file_is_seen()
    {
        foreach (var (folder, text) in new[] { ("..1", "anna@x\n"), ("..2", "olaf@x\n") })
        {
            Directory.CreateDirectory(_file.PathOf(folder));
            var path = Path.Combine(_file.PathOf(folder), "people");
            System.IO.File.WriteAllText(path, text);
            System.IO.File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }

        Directory.CreateSymbolicLink(_file.PathOf("..data"), "..1");
        System.IO.File.CreateSymbolicLink(_file.Path, "..data/people");
        _file.Poll();
        Assert.True(_file.Exists("anna@x"));
        System.IO.File.Delete(_file.PathOf("..data"));
        Directory.CreateSymbolicLink(_file.PathOf("..data"), "..2");
        _file.Settle();
        Assert.True(_file.Exists("olaf@x"));
    }
}
