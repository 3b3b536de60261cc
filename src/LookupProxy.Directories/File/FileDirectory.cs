using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Directories.File.Watching;
using LookupProxy.Ldap.Filters;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.File;

/// <summary>Directory type "file": recipients from a file that is read again whenever it changes.</summary>
public sealed class FileDirectory : IDirectory, IRecipientListing, IRecipientSearch, IAlarmSource, IAcceptance
{
    /// <summary>For a last read to end. A mount that hangs must not hold up the process.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);

    private const int SearchPage = 256;

    private const string Meaning = "Who was in it when it was read last is accepted, and nobody is absent.";

    private readonly FileDirectoryOptions _options;
    private readonly RecipientFileWatch _watch;
    private readonly FileDirectoryServer _server;
    private readonly FileListing _listing;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private FileDirectory(FileDirectoryOptions options, ILogger logger, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _watch = new RecipientFileWatch(options, logger, clock);
        _server = new FileDirectoryServer(options, _watch, clock);
        Servers = [_server];
        _listing = new FileListing(_server);
        var stopping = _stop.Token;
        _watching = Task.Run(() => WatchAsync(stopping), CancellationToken.None);
    }

    public string Name => _options.Name;

    public string Type => "file";

    public IReadOnlyList<IDirectoryServer> Servers { get; }

    public string Origin => _options.Origin;

    public IReadOnlyCollection<string> PublishedAttributes => _options.PublishedAttributes;

    /// <summary>The file is no longer looked at.</summary>
    internal bool Stopped => _watching.IsCompleted;

    /// <summary>
    /// Returns at once and reads the file in the background; questions wait for the first reading. Trouble with the file never throws:
    /// it is told by the answers, by <see cref="IDirectoryServer.ProbeAsync"/> and in the log.
    /// </summary>
    public static FileDirectory Open(FileDirectoryOptions options, ILogger logger, TimeProvider clock) =>
        new(options with { Path = Path.GetFullPath(options.Path) }, logger, clock);

    public IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, CancellationToken cancellationToken) => _listing.ReadAsync(since, cancellationToken);

    /// <summary>A file that lost too many addresses, while it is refused; one that can't be read any more. One that never could be is told as a server that is away.</summary>
    public ImmutableArray<Alarm> Current => (_watch.Shrunk, _watch.Current) switch
    {
        ({ } shrunk, _) => [new Alarm("file-shrunk", Name, $"{_options.Path} {shrunk.What}. {Meaning}", shrunk.Since)],
        (null, { Set: not null, Fault: { } fault } state) => [new Alarm("file-not-read", Name, $"{_options.Path} {fault}. {Meaning}", state.FaultSince)],
        _ => [],
    };

    public ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken) =>
        new(directory == Name && _watch.Accept() is { } shrunk ? $"{_options.Path} {shrunk.What}: it is taken as it is now, within {_options.PollEvery.TotalSeconds:0.#} s" : null);

    /// <summary>A file has no tree.</summary>
    public bool Holds(string name) => false;

    public async IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (FilterText.TryParse(question.Filter, out var filter, out _) && _options.PublishedAttributes.Any(attribute => FilterItems.AsksForNested(filter, attribute)))
            throw new ListingException(UnknownReason.NotReady, "a file can't tell who is in a group through others");
        // What stands for whole domains has no address to be found by.
        var all = (await _server.AllAsync(cancellationToken)).All()
            .Where(static one => !one.Addresses.IsEmpty)
            .Select(static one => new FoundRecipient(one.Addresses, one.Recipient));
        foreach (var page in all.Chunk(SearchPage))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return [.. page];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_watching, Task.Delay(LongestStop, _clock));
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
                await Task.Delay(_watch.Poll(), _clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
