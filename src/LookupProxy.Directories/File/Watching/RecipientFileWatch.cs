using LookupProxy.Directories.File.Reading;
using LookupProxy.Directories.File.Recipients;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace LookupProxy.Directories.File.Watching;

/// <summary>
/// Looks at a file and keeps its content, whole or not at all. A file that is gone, cannot be read, is faulty, has shrunk too much or is still
/// being written changes nothing but what is known about it. One caller polls; anyone reads <see cref="Current"/>.
/// </summary>
internal sealed class RecipientFileWatch(FileDirectoryOptions options, ILogger logger, TimeProvider clock)
{
    private readonly KeptCount _kept = new(options, logger);
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FileState _current = new() { CheckedAt = clock.GetTimestamp() };
    private FileStamp? _loaded;
    private (FileStamp Stamp, string Fault)? _refused;
    private volatile ShrunkFile? _shrunk;
    private volatile ShrunkFile? _accepted;
    private FileStamp? _seen;
    private long _seenAt;

    public FileState Current => _current;

    /// <summary>Completes when the first content is there, or is known not to be for now.</summary>
    public Task Decided => _decided.Task;

    /// <summary>What is refused because too many addresses are gone; null when nothing is.</summary>
    public ShrunkFile? Shrunk => _shrunk;

    /// <summary>Takes what is refused as the truth at the next poll: this state of the file and no other. Null when nothing is refused.</summary>
    public ShrunkFile? Accept() => _accepted = _shrunk;

    /// <summary>Never throws.</summary>
    /// <returns>When to poll again.</returns>
    public TimeSpan Poll()
    {
        var next = options.PollEvery;
        try
        {
            next = Look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RecipientFileException)
        {
            Fault(FaultText.Of(exception));
        }
        catch (Exception exception)
        {
            // Whatever it is, the file was not read, and an unread file is never an empty one.
            Fault(FaultText.Of(exception), exception);
        }

        if (_current is not { Set: null, Fault: null } || TakesItsTime())
            _decided.TrySetResult();
        return next;
    }

    private TimeSpan Look()
    {
        if (!FileIdentity.MayBeOpened(options.Path))
            throw new RecipientFileException(null, "is no file");
        using var handle = System.IO.File.OpenHandle(options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var stamp = FileStamp.Of(handle);
        var now = clock.GetTimestamp();
        if (stamp == _loaded)
        {
            Clear(now);
            return options.PollEvery;
        }

        if (_refused is { } refused && stamp == refused.Stamp && _accepted?.Stamp != stamp)
        {
            Fault(refused.Fault);
            return options.PollEvery;
        }

        var settlesIn = SettlesIn(handle, stamp, now);
        if (settlesIn > TimeSpan.Zero)
        {
            _current = _current with { CheckedAt = now, ChangingSince = _current.ChangingSince ?? now };
            return settlesIn < options.PollEvery ? settlesIn : options.PollEvery;
        }

        Load(handle, stamp);
        return options.PollEvery;
    }

    /// <summary>Longer than a whole file needs to settle: whoever waits for it gets his "not known" now.</summary>
    private bool TakesItsTime() => _current.ChangingSince is { } since && clock.GetElapsedTime(since) > options.SettleFor;

    private TimeSpan SettlesIn(SafeFileHandle handle, FileStamp stamp, long now)
    {
        if (stamp != _seen)
            (_seen, _seenAt) = (stamp, now);
        var still = clock.GetElapsedTime(_seenAt, now);
        // At the start there is nothing to compare with, and the file's own word must do.
        var age = clock.GetUtcNow().UtcDateTime - stamp.LastWriteUtc;
        if (_current.Set is null && age > still)
            still = age;
        return (EndsInLineBreak(handle, stamp.Length) ? options.SettleFor : options.UnterminatedSettleFor) - still;
    }

    private static bool EndsInLineBreak(SafeFileHandle handle, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length == 0 || (RandomAccess.Read(handle, last, length - 1) == 1 && last[0] == '\n');
    }

    private void Load(SafeFileHandle handle, FileStamp stamp)
    {
        if (stamp.Length > options.Limits.MaxFile)
        {
            Refuse(stamp, $"has {stamp.Length} octets; at most {options.Limits.MaxFile} are read");
            return;
        }

        var begun = clock.GetTimestamp();
        RecipientSet set;
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        try
        {
            set = RecipientFileReader.Read(stream, options);
        }
        catch (RecipientFileException exception)
        {
            if (FileStamp.Of(handle) == stamp)
                Refuse(stamp, exception.Message);
            return;
        }

        // Written to meanwhile: what was read may be half the old and half the new.
        if (FileStamp.Of(handle) != stamp)
            return;

        var basis = _loaded is null ? null : _current.Before ?? _current.Set;
        var refusal = ShrinkGuard.Check(basis, set, options, out var lost) ?? (_loaded is null ? ShrinkGuard.Check(_kept.Read(), set, options) : null);
        if (refusal is not null && _accepted?.Stamp != stamp)
            Shrink(stamp, set, refusal);
        else
            Accept(stamp, set, lost > 0 ? basis : null, lost, clock.GetElapsedTime(begun));
    }

    private void Accept(FileStamp stamp, RecipientSet set, RecipientSet? before, int lost, TimeSpan took)
    {
        var now = clock.GetTimestamp();
        _loaded = stamp;
        _refused = null;
        _shrunk = _accepted = null;
        _current = new FileState { Set = set, Before = before, BeforeSince = now, CheckedAt = now };
        _kept.Write(set.Count);
        FileLog.Loaded(logger, options.Name, options.Path, set.Count, lost, took.TotalMilliseconds);
        if (set.Skipped > 0)
            FileLog.ValuesSkipped(logger, options.Name, options.Path, set.Skipped, set.FirstSkipped ?? "");
    }

    private void Shrink(FileStamp stamp, RecipientSet set, string what)
    {
        // Nothing was read before: who is in it exists all the same.
        if (_loaded is null)
            _current = _current with { Set = set };
        _shrunk = new ShrunkFile(stamp, what, _shrunk?.Since ?? clock.GetUtcNow());
        Refuse(stamp, what);
    }

    private void Refuse(FileStamp stamp, string fault)
    {
        _refused = (stamp, fault);
        Fault(fault);
    }

    private void Fault(string fault, Exception? unexpected = null)
    {
        if (fault != _current.Fault)
            FileLog.NotLoaded(logger, unexpected, options.Name, options.Path, fault);
        var since = _current.Fault is null ? clock.GetUtcNow() : _current.FaultSince;
        _current = _current with { Fault = fault, FaultSince = since, ChangingSince = null, CheckedAt = clock.GetTimestamp() };
    }

    /// <summary>The file is as it was loaded.</summary>
    private void Clear(long now)
    {
        if (_current.Fault is not null)
            FileLog.BackAsLoaded(logger, options.Name, options.Path);
        _refused = null;
        _shrunk = _accepted = null;
        var confirmed = _current.Before is not null && clock.GetElapsedTime(_current.BeforeSince, now) >= options.ConfirmRemovalsFor;
        _current = _current with { Fault = null, ChangingSince = null, CheckedAt = now, Before = confirmed ? null : _current.Before };
    }
}
