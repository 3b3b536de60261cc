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
        lock (_lock)
        {
            // Read in here: an attempt that had to wait for another would seem to come before it, within its pause, even of no length.
            var now = time.GetTimestamp();
            if (!_records.ContainsKey(key) && _records.Count >= options.MaxTracked)
                MakeRoom_NeedsLock(now);
            ref var record = ref CollectionsMarshal.GetValueRefOrAddDefault(_records, key, out var exists);
            if (!exists)
                record = new Record(0, 0, now, now);
            else if (time.GetElapsedTime(record.FailedAt, now) >= options.ForgetAfter)
                record = record with { Failures = record.Underway };
            if (record.Failures > 0 && time.GetElapsedTime(record.Last, now) < PauseAfter(record.Failures))
                return false;
            record = record with { Failures = record.Failures + 1, Underway = record.Underway + 1, Last = now };
            return true;
        }
    }

    /// <summary>The attempt has failed, as it was counted from its beginning.</summary>
    public void Failed(string key)
    {
        lock (_lock)
        {
            if (_records.TryGetValue(key, out var record) && record.Underway > 0)
                _records[key] = record with { Underway = record.Underway - 1, FailedAt = record.Last };
        }
    }

    /// <summary>The attempt proved nothing against the key: when it may be tried again goes by the failures alone.</summary>
    public void Undo(string key)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(key, out var record) || record.Underway == 0)
                return;
            if (record.Failures <= 1)
                _records.Remove(key);
            else
                _records[key] = record with { Failures = record.Failures - 1, Underway = record.Underway - 1, Last = record.Underway == 1 ? record.FailedAt : record.Last };
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
            if (record.Underway == 0 && time.GetElapsedTime(record.FailedAt, now) >= options.ForgetAfter)
                _records.Remove(key);
            else if (record.Last < oldest.Last)
                oldest = (key, record.Last);
        }

        if (_records.Count >= options.MaxTracked)
            _records.Remove(oldest.Key);
    }

    /// <param name="Failures">With those under way.</param>
    /// <param name="FailedAt">When the last attempt began that is known to have failed; before there is one, the first.</param>
    /// <param name="Last">When the last attempt began that may fail, or has.</param>
    private readonly record struct Record(int Failures, int Underway, long FailedAt, long Last);
}
