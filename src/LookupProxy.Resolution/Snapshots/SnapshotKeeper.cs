using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Timing;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>
/// Keeps the local copy of one directory: from disk at the start, then by reading the directory in the background. Lookups see a whole copy, the old one
/// or the new; a reading that fails or is refused changes nothing.
/// </summary>
internal sealed class SnapshotKeeper : ILocalCopy, IAsyncDisposable
{
    /// <summary>For a last page to be worked in or written. What is on disk is whole at any time.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly IRecipientListing? _listing;
    private readonly SheetClock _clock;
    private readonly ILogger _logger;
    private readonly CancellationToken _closing;
    private readonly ListingReader? _reader;
    private readonly ReadingSchedule _schedule;
    private readonly CopyShelf _shelf;
    private readonly long _maxAge;
    private Task _running = Task.CompletedTask;
    private TimedSignal? _wake;
    private bool _isAsked;
    private int? _accepted;
    private volatile CopyState? _state;
    private volatile ReadingFault? _fault;
    private long _nextAt;

    /// <param name="listing">Null when the directory can't tell its recipients now: then only what is on disk helps.</param>
    public SnapshotKeeper(
        string directory, IRecipientListing? listing, SnapshotSettings settings, SheetClock clock, Chance chance, ILogger logger, CancellationToken closing)
    {
        Directory = directory;
        Settings = settings;
        _listing = listing;
        _clock = clock;
        _logger = logger;
        _closing = closing;
        _reader = listing is null ? null : new ListingReader(directory, listing, settings, clock.Time, logger);
        _schedule = new ReadingSchedule(settings, chance);
        _shelf = new CopyShelf(directory, settings, clock.Time, logger);
        _maxAge = settings.MaxAge.Ticks;
    }

    public string Directory { get; }

    public SnapshotSettings Settings { get; }

    public bool IsPrimary => Settings.Mode == SnapshotMode.Primary;

    /// <summary>Null while there is none.</summary>
    public RecipientCopy? Copy => _state?.Copy;

    /// <summary>Why the last reading brought no new copy; null when it did.</summary>
    public ReadingFault? Fault => _fault;

    /// <summary>Of the reading under way; null when none is.</summary>
    public ReadingProgress? Progress => _reader?.Progress;

    /// <summary>Null while a reading is under way, or when none is ever.</summary>
    public DateTimeOffset? NextAt => Interlocked.Read(ref _nextAt) is not 0 and var ticks && Progress is null ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Since the directory was last known to hold all that is in the copy; null while there is none.</summary>
    public TimeSpan? Age => _state is { } state ? TimeSpan.FromTicks(Math.Max(_clock.Now - state.ToldAt, 0)) : null;

    public bool IsTooOld => _state is { } state && IsOver(state, _clock.Now);

    public CopyAnswer? Find(Address address, long now) =>
        _state is { } state && !IsOver(state, now) && state.Copy.Find(address, Directory) is { } recipient
            ? new CopyAnswer(new Answer.Exists(recipient), state.ToldAt)
            : null;

    /// <summary>Begins in the background.</summary>
    public void Start() => _running = RunAsync();

    /// <summary>All is read as soon as nothing else is.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            _isAsked = true;
            _wake?.Set();
        }
    }

    /// <summary>What was refused last is right. Null when nothing is refused.</summary>
    public Shrinkage? Accept()
    {
        if (_fault?.Shrinkage is not { } refused)
            return null;
        lock (_gate)
            _accepted = refused.Left;
        Refresh();
        return refused;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAny(_running, Task.Delay(LongestStop, _clock.Time));

    private bool IsOver(CopyState state, long now) => now - state.ToldAt > _maxAge;

    private async Task RunAsync()
    {
        // Whoever starts it goes on first.
        await Task.Yield();
        try
        {
            if (_shelf.Load() is { } copy)
                Use(copy);
            if (_listing is null)
                SnapshotLog.NeedsListing(_logger, Directory);
            var wait = _schedule.First(Copy, _clock.Time.GetUtcNow());
            while (_reader is not null && await WaitAsync(wait))
            {
                await ReadAsync(_reader);
                wait = _schedule.Next();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closing.
        }
        catch (Exception exception)
        {
            SnapshotLog.Fault(_logger, Directory, exception);
        }
    }

    /// <returns>False when the resolver closes.</returns>
    private async ValueTask<bool> WaitAsync(TimeSpan time)
    {
        Interlocked.Exchange(ref _nextAt, (_clock.Time.GetUtcNow() + time).UtcTicks);
        if (time <= TimeSpan.Zero)
            return !_closing.IsCancellationRequested;
        using var wake = new TimedSignal(time, _clock.Time, _closing);
        lock (_gate)
        {
            _wake = wake;
            if (_isAsked)
                wake.Set();
        }

        await wake.Task;
        lock (_gate)
            _wake = null;
        return !_closing.IsCancellationRequested;
    }

    private async Task ReadAsync(ListingReader reader)
    {
        bool isAsked;
        int? accepted;
        lock (_gate)
        {
            (isAsked, accepted) = (_isAsked, _accepted);
            (_isAsked, _accepted) = (false, null);
        }

        var before = Copy;
        var all = isAsked || _schedule.IsFullDue(before, _clock.Time.GetUtcNow());
        var began = _clock.Time.GetTimestamp();
        try
        {
            var copy = await reader.ReadAsync(before, KeysFor(before), all, _closing);
            if (before is not null && ShrinkRule.Check(before, copy, Settings, accepted) is { } shrinkage)
                Refuse(shrinkage);
            else
                Take(before, copy, began);
            return;
        }
        catch (ListingException exception)
        {
            Fail($"{MetricWords.Of(exception.Reason)}: {exception.Message}", before);
        }
        catch (CopyFullException exception)
        {
            Fail(exception.Message, before);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_closing.IsCancellationRequested)
        {
            SnapshotLog.Fault(_logger, Directory, exception);
            Fail($"internal_error: {exception.GetType().Name}", before);
        }

        lock (_gate)
        {
            // Not used up: it was said of what the directory holds, which has not been seen.
            _accepted ??= accepted;
        }
    }

    /// <summary>The same as before, so that the new copy can be compared with the old.</summary>
    private CopyKeys KeysFor(RecipientCopy? before) =>
        before is { Keys: { } keys } && keys.IsHashed == Settings.IsHashed && keys.CaseSensitive == Settings.CaseSensitive
            ? keys
            : CopyKeys.Create(Settings.IsHashed, Settings.CaseSensitive);

    private void Take(RecipientCopy? before, RecipientCopy copy, long began)
    {
        var isFull = before is null || copy.Stamp.FullAt != before.Stamp.FullAt;
        Use(copy);
        _fault = null;
        _schedule.Succeeded(isFull);
        var took = _clock.Time.GetElapsedTime(began).TotalSeconds;
        if (isFull)
            SnapshotLog.Read(_logger, Directory, copy.Recipients, took, copy.Octets / 1e6);
        else
            SnapshotLog.Changed(_logger, Directory, copy.Recipients, copy.Changed.Recipients + copy.Replaced.Count, took);
        _shelf.Keep(copy);
    }

    private void Use(RecipientCopy copy) => _state = new CopyState(copy, Math.Min(new StoredTime(_clock).ToTicks(copy.Stamp.ToldAt), _clock.Now));

    private void Refuse(Shrinkage shrinkage)
    {
        // The directory was read, and reading it again soon would only tell the same.
        _schedule.Succeeded(all: false);
        var now = _clock.Time.GetUtcNow();
        var text = $"{shrinkage.Lost} of {shrinkage.Before} recipients would be gone, more than snapshot.maxShrink ({Settings.MaxShrink:P0}) allows.";
        if (_fault?.Shrinkage is null)
            SnapshotLog.Refused(_logger, Directory, text, IAcceptance.CommandFor(Directory));
        _fault = new ReadingFault(now, text, shrinkage) { Since = _fault is { Shrinkage: not null } ? _fault.Since : now };
    }

    private void Fail(string why, RecipientCopy? before)
    {
        _schedule.Failed();
        var now = _clock.Time.GetUtcNow();
        if (_fault?.Text != why)
            Tell(why, before, now + _schedule.Next());
        // What was refused stays so until a reading comes to its end.
        _fault = _fault is { Shrinkage: not null } refused
            ? refused with { At = now, Text = $"{why} (before that: {refused.Shrinkage.Lost} of {refused.Shrinkage.Before} recipients would be gone)" }
            : new ReadingFault(now, why) { Since = _fault?.Since ?? now };
    }

    private void Tell(string why, RecipientCopy? before, DateTimeOffset nextAt)
    {
        if (before is null)
            SnapshotLog.NeverRead(_logger, Directory, why, nextAt);
        else
            SnapshotLog.NotRead(_logger, Directory, why, before.Recipients, before.Stamp.ReadAt, nextAt);
    }
}
