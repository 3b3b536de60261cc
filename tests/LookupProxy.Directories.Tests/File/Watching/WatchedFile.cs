using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;
using LookupProxy.Directories.File.Watching;
using LookupProxy.Directories.Tests.Ldap.Listing;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.File.Watching;

/// <summary>A real file, watched by hand under a clock that stands still.</summary>
internal sealed class WatchedFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FileDirectoryServer _server;

    public WatchedFile(Func<FileDirectoryOptions, FileDirectoryOptions>? change = null)
    {
        var options = FileText.Options(RecipientFileFormat.List, _folder["people"]);
        Options = change is null ? options : change(options);
        Watch = new RecipientFileWatch(Options, NullLogger.Instance, Clock);
        _server = new FileDirectoryServer(Options, Watch, Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FileDirectoryOptions Options { get; private set; }

    public RecipientFileWatch Watch { get; private set; }

    public string Path => Options.Path;

    public string PathOf(string name) => _folder[name];

    public void Write(string text) => System.IO.File.WriteAllText(Path, text);

    /// <summary>The process ends and another begins.</summary>
    public void Restart(Func<FileDirectoryOptions, FileDirectoryOptions>? change = null)
    {
        Options = change is null ? Options : change(Options);
        Watch = new RecipientFileWatch(Options, NullLogger.Instance, Clock);
        _server = new FileDirectoryServer(Options, Watch, Clock);
    }

    /// <summary>Many people: p0@x and on.</summary>
    public void WritePeople(int count, string more = "") => Write(People(count) + more);

    public static string People(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"p{i}@x\n"));

    public void Poll() => Watch.Poll();

    /// <summary>Polls as often as the time that passes would.</summary>
    public void Pass(TimeSpan time)
    {
        for (var end = Clock.Elapsed + time; Clock.Elapsed < end;)
        {
            var next = Watch.Poll();
            Clock.Advance(next < end - Clock.Elapsed ? next : end - Clock.Elapsed);
        }

        Watch.Poll();
    }

    public void Settle() => Pass(Options.SettleFor);

    public Answer Ask(string address)
    {
        var answer = _server.AskAsync(FileText.Address(address), CancellationToken.None).AsTask();
        Assert.True(answer.IsCompleted);
        return answer.Result;
    }

    public bool Exists(string address) => Ask(address) is Answer.Exists;

    public bool Absent(string address) => Ask(address) is Answer.Absent;

    /// <summary>What is wrong, without the path; null when the answer is known.</summary>
    public string? Doubt(string address)
    {
        if (Ask(address) is not Answer.Unknown unknown)
            return null;
        Assert.Equal(Watch.Current.Set is null ? UnknownReason.NotReady : UnknownReason.Distrusted, unknown.Reason);
        Assert.StartsWith(Path + " ", unknown.Detail, StringComparison.Ordinal);
        return unknown.Detail[(Path.Length + 1)..];
    }

    public async Task<string?> ProbeAsync() => (await _server.ProbeAsync(CancellationToken.None))?.Detail;

    public Task<List<ListingBatch>> ListAsync() => new FileListing(_server).ReadAsync();

    public void Dispose() => _folder.Dispose();
}
