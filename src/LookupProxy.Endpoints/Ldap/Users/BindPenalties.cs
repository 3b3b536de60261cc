using System.Runtime.InteropServices;

namespace LookupProxy.Endpoints.Ldap.Users;

/// <summary>
/// Counts failures by key, in bounded memory, and says when the next attempt may be made. An attempt counts as failed from its beginning until
/// it is known not to have, so that many at once get no further than one after the other.
/// </summary>
/// <param name="free">Failures that cost nothing.</param>
internal sealed class BindPenalties(UserBindOptions options, int free, TimeProvider time)
{
    /// <summary>2^20 s is above any configured longest delay.</summary>
    private const int MaxDoublings = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);

    internal int Count
    {
        get
        {
            lock (_lock)
                return _records.Count;
        }
    }

    /// <summary>False while the pause after the last failure lasts; nothing is counted then.</summary>
    public bool TryEnter(string key)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_records.ContainsKey(key) && _records.Count >= options.MaxTracked)
                MakeRoom_NeedsLock(now);
            ref var record = ref CollectionsMarshal.GetValueRefOrAddDefault(_records, key, out var exists);
            if (!exists || time.GetElapsedTime(record.Last, now) >= options.ForgetAfter)
                record = default;
            else if (time.GetElapsedTime(record.Last, now) < PauseAfter(record.Failures))
                return false;
            record = new Record(record.Failures + 1, now);
            return true;
        }
    }

    /// <summary>The attempt proved nothing against the key.</summary>
    public void Undo(string key)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(key, out var record))
                return;
            if (record.Failures <= 1)
                _records.Remove(key);
            else
                _records[key] = record with { Failures = record.Failures - 1 };
        }
    }

    public void Forget(string key)
    {
        lock (_lock)
            _records.Remove(key);
    }

    private TimeSpan PauseAfter(int failures)
    {
        if (failures < free)
            return TimeSpan.Zero;
        var pause = options.Delay * (1 << Math.Min(failures - free, MaxDoublings));
        return pause < options.MaxDelay ? pause : options.MaxDelay;
    }

    private void MakeRoom_NeedsLock(long now)
    {
        var oldest = (Key: "", Last: long.MaxValue);
        foreach (var (key, record) in _records)
        {
            if (time.GetElapsedTime(record.Last, now) >= options.ForgetAfter)
                _records.Remove(key);
            else if (record.Last < oldest.Last)
                oldest = (key, record.Last);
        }

        if (_records.Count >= options.MaxTracked)
            _records.Remove(oldest.Key);
    }

    private readonly record struct Record(int Failures, long Last);
}
