using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <summary>How the store fares, for all who ask.</summary>
internal sealed class StoreState(string path, TimeProvider time)
{
    /// <summary>The fault at the start, which is none.</summary>
    public const string Opening = "it is being opened";

    public const long NotCounted = -1;

    private long _sheets = NotCounted;
    private long _dropped;
    private volatile Alarm? _down = new("store-down", path, Opening, time.GetUtcNow());
    private volatile Alarm? _aside;
    private volatile bool _canBeRead;

    public bool CanBeRead
    {
        get => _canBeRead;
        set => _canBeRead = value;
    }

    /// <summary>Why it can't be written; null when it can.</summary>
    public string? Fault
    {
        get => _down?.Text;
        set => _down = value is null ? null : new Alarm("store-down", path, value, _down is { Text: not Opening } before ? before.Since : time.GetUtcNow());
    }

    /// <summary>What lies aside; null when nothing does.</summary>
    public string? Aside
    {
        get => _aside?.Text;
        set => _aside = value is null ? null : new Alarm("store-set-aside", path, value, _aside?.Since ?? time.GetUtcNow());
    }

    public long Sheets
    {
        get => Interlocked.Read(ref _sheets);
        set => Interlocked.Exchange(ref _sheets, value);
    }

    public long Dropped => Interlocked.Read(ref _dropped);

    public ImmutableArray<Alarm> Alarms
    {
        get
        {
            var alarms = ImmutableArray.CreateBuilder<Alarm>();
            if (_down is { Text: not Opening } down)
                alarms.Add(down with { Text = $"The store can't be written: {down.Text}. No answer suffers, but what is learnt lives in memory only, and a restart forgets it. It is tried again each second." });
            if (_aside is { } aside)
                alarms.Add(aside with { Text = $"A store was {aside.Text}. Directories are asked for what it knew." });
            return alarms.ToImmutable();
        }
    }

    public void Drop(int sheets) => Interlocked.Add(ref _dropped, sheets);

    public StoreHealth Health(int pending)
    {
        var (sheets, fault) = (Sheets, Fault);
        return new StoreHealth(fault is null, fault ?? Aside, sheets < 0 ? null : sheets, pending, Dropped);
    }
}
