using System.Buffers.Text;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Redis.News;

/// <summary>
/// What this node has heard: the number of the last news, and the overrides that are in force. News come published, one by one, or read from the log; in both ways
/// each is taken once and in the order of its number. What is missing between two is noticed, and read from the log.
/// </summary>
internal sealed class NewsLedger(string node, FlushMarks marks, ILogger logger)
{
    private const int NumberDigits = 16;
    private const int MostAtOnce = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Override> _overrides = new(StringComparer.Ordinal);

    /// <summary>Addresses of overrides that were long past when they were read.</summary>
    private readonly HashSet<string> _past = new(StringComparer.Ordinal);
    private IClusterListener? _listener;
    private long _heard;
    private long _began = long.MaxValue;
    private long _notes;
    private volatile bool _hasRead;

    /// <summary>0 before the first reading.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>Something has been read of Redis.</summary>
    public bool HasRead => _hasRead;

    /// <summary>To be taken before a reading begins.</summary>
    public LedgerMark Mark
    {
        get
        {
            lock (_gate)
                return new LedgerMark(_heard, _notes);
        }
    }

    /// <summary>Tells at once what is known already.</summary>
    public void Listen(IClusterListener listener)
    {
        lock (_gate)
        {
            _listener = listener;
            if (_overrides.Count > 0)
                listener.Overridden([.. _overrides.Values]);
        }
    }

    public Override[] Overrides(DateTimeOffset now)
    {
        lock (_gate)
            return [.. _overrides.Values.Where(entry => entry.Until > now)];
    }

    /// <summary>Addresses of overrides that are long past and still kept, some of them.</summary>
    public string[] LongPast(DateTimeOffset now)
    {
        lock (_gate)
            return [.. _past.Concat(_overrides.Where(known => known.Value.IsLongPast(now)).Select(static known => known.Key)).Take(MostAtOnce)];
    }

    /// <summary>They are kept no more.</summary>
    public void LetGo(string[] addresses, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var address in addresses)
            {
                _past.Remove(address);
                if (_overrides.TryGetValue(address, out var entry) && entry.IsLongPast(now))
                    _overrides.Remove(address);
            }
        }
    }

    /// <summary>What this node itself has told. Its listener knows already, unless something else was read of Redis before it was told.</summary>
    public void Note(NewsItem item)
    {
        lock (_gate)
        {
            Note_NeedsLock(item);
            if (item is NewsItem.Flush)
                return;
            _notes++;
            Pass_NeedsLock(item);
        }
    }

    /// <summary>The number that news had when this node began, or a little before: it may have learnt something by the first reading, if Redis was away.</summary>
    public void Begins(long number)
    {
        lock (_gate)
            _began = number;
    }

    /// <summary>This node knows nothing from before this number: no flush until then concerns what it learns, also one that Redis has lost and other nodes remember.</summary>
    public void Begin(long number) => marks.Hear(number);

    /// <summary>Published news: the number before, the number, the item. False when some between have been missed, or nothing has been read yet.</summary>
    public bool TryHear(ReadOnlySpan<byte> message)
    {
        if (message.Length < NumberDigits || !TryNumber(message, out var before))
            return false;
        lock (_gate)
        {
            if (!_hasRead || !TryNumber(message[NumberDigits..], out var number))
                return false;
            if (number <= _heard)
                return true;
            if (Math.Max(before, 1) != _heard)
                return false;
            Take_NeedsLock(number, message[(2 * NumberDigits)..]);
            return true;
        }
    }

    /// <summary>What has been read of the log and the rest, all of one moment.</summary>
    /// <param name="mark">Of the time when the reading began.</param>
    /// <returns>Overrides that this node knows and Redis has lost, to be told anew. Null when this node's administrator has said something since the reading began, which it may not know.</returns>
    public Override[]? CatchUp(NewsState state, in LedgerMark mark, DateTimeOffset now)
    {
        // A number that is never used tells that something has been read, also where there are no news yet.
        var last = Math.Max(state.Last, 1);
        var since = mark.Heard;
        lock (_gate)
        {
            if (_notes != mark.Notes)
                return null;
            foreach (var (scope, number) in state.Flushes)
                marks.Add(scope, number);
            var known = since > 0 ? since : _began;
            if (state.Trimmed > known)
            {
                RedisLog.Missed(logger);
                _listener?.Flushed(new FlushScope.OfAll());
            }

            foreach (var entry in state.Entries)
            {
                if (TryNumber(entry, out var number) && number > Math.Max(known, _heard))
                    Take_NeedsLock(number, entry.AsSpan(NumberDigits));
            }

            // Later news were published meanwhile: they are newer than what was read.
            _hasRead = true;
            if (last >= since && last < _heard)
                return [];
            Interlocked.Exchange(ref _heard, last);
            marks.Hear(last);
            // Who has missed nothing has heard of each that was taken back.
            var mayBeTakenBack = state.Trimmed > since && last >= since && !state.HasLostTheLast;
            return Compare_NeedsLock(state, hasLost: !mayBeTakenBack, now);
        }
    }

    /// <summary>The overrides that are kept count, not those that were heard of: but where Redis lost some, nothing is taken back.</summary>
    private Override[] Compare_NeedsLock(NewsState state, bool hasLost, DateTimeOffset now)
    {
        var kept = new Dictionary<string, Override>(StringComparer.Ordinal);
        foreach (var octets in state.Overrides)
        {
            if (NewsCodec.Decode(octets, out _) is not NewsItem.Set { Entry: var entry })
                continue;
            if (entry.Until > now)
                kept[entry.Address.Text] = entry;
            else if (entry.IsLongPast(now))
                _past.Add(entry.Address.Text);
        }

        Override[] changed = [.. kept.Values.Where(entry => !(_overrides.TryGetValue(entry.Address.Text, out var known) && known == entry))];
        foreach (var entry in changed)
            _overrides[entry.Address.Text] = entry;
        if (changed.Length > 0)
            _listener?.Overridden(changed);

        var gone = _overrides.Where(known => !kept.ContainsKey(known.Key)).ToArray();
        foreach (var (address, entry) in gone)
        {
            if (hasLost && entry.Until > now)
                continue;
            _overrides.Remove(address);
            if (entry.Until > now)
                _listener?.OverrideRemoved(address);
        }

        return hasLost ? [.. gone.Select(static known => known.Value).Where(entry => entry.Until > now)] : [];
    }

    private void Take_NeedsLock(long number, ReadOnlySpan<byte> octets)
    {
        Interlocked.Exchange(ref _heard, number);
        var item = NewsCodec.Decode(octets, out var from);
        if (item is null)
            RedisLog.Unreadable(logger);
        if (item is NewsItem.Flush { Scope: var scope } && ScopeName.Of(scope) is { Length: > 0 } name)
            marks.Add(name, number);
        marks.Hear(number);
        if (item is null)
            return;
        Note_NeedsLock(item);
        if (from != node)
            Pass_NeedsLock(item);
    }

    private void Pass_NeedsLock(NewsItem item)
    {
        switch (item)
        {
            case NewsItem.Flush flush:
                _listener?.Flushed(flush.Scope);
                break;
            case NewsItem.Set set:
                _listener?.Overridden([set.Entry]);
                break;
            case NewsItem.Removal removal:
                _listener?.OverrideRemoved(removal.Address);
                break;
        }
    }

    private void Note_NeedsLock(NewsItem item)
    {
        if (item is NewsItem.Set { Entry: var entry })
        {
            _overrides[entry.Address.Text] = entry;
            _past.Remove(entry.Address.Text);
        }
        else if (item is NewsItem.Removal { Address: var address })
        {
            _overrides.Remove(address);
        }
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        return text.Length >= NumberDigits && Utf8Parser.TryParse(text[..NumberDigits], out number, out var read) && read == NumberDigits;
    }
}
