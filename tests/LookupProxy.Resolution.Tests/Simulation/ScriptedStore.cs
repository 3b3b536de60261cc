using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Resolution.Tests.Simulation;

/// <summary>A store that does what the test tells it to. It outlives the resolvers of its world.</summary>
internal sealed class ScriptedStore(TimeProvider time) : IAnswerStore, IOverrideStore
{
    /// <summary>All that was ever kept of a key, oldest first.</summary>
    public Dictionary<string, List<StoredSheet>> Kept { get; } = new(StringComparer.Ordinal);

    public List<FlushScope> Forgotten { get; } = [];

    public Dictionary<Address, Override> Overrides { get; } = [];

    public string Type => "scripted";

    public bool CanBeRead { get; set; } = true;

    /// <summary>It takes this long to read; null hangs for good.</summary>
    public TimeSpan? Delay { get; set; } = TimeSpan.Zero;

    /// <summary>Which of those kept of a key is found; by default the last.</summary>
    public Func<List<StoredSheet>, StoredSheet?> Finds { get; set; } = static sheets => sheets[^1];

    /// <summary>False: what comes is lost.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>False: what is flushed stays.</summary>
    public bool Forgets { get; set; } = true;

    public bool Throws { get; set; }

    public int Reads { get; private set; }

    public StoreHealth Health => new(CanBeRead, null, Kept.Count, 0, 0);

    public StoredSheet? Last(string key) => Kept.TryGetValue(key, out var sheets) ? sheets[^1] : null;

    public async ValueTask<StoredSheet?> FindAsync(string key, CancellationToken cancellationToken)
    {
        Reads++;
        if (Throws)
            throw new InvalidOperationException("a bug");
        if (Delay != TimeSpan.Zero)
            await Task.Delay(Delay ?? Timeout.InfiniteTimeSpan, time, cancellationToken);
        return Kept.TryGetValue(key, out var sheets) ? Finds(sheets) : null;
    }

    public void Keep(StoredSheet sheet)
    {
        if (!Keeps)
            return;
        if (!Kept.TryGetValue(sheet.Key, out var sheets))
            Kept.Add(sheet.Key, sheets = []);
        sheets.Add(sheet);
    }

    public ValueTask<bool> ForgetAsync(FlushScope scope, CancellationToken cancellationToken)
    {
        Forgotten.Add(scope);
        if (!Forgets)
            return new(false);
        foreach (var key in Kept.Keys.Where(key => Covers(scope, key)).ToList())
            Kept.Remove(key);
        return new(true);
    }

    /// <summary>It takes this long to load the overrides.</summary>
    public TimeSpan LoadDelay { get; set; }

    public async ValueTask<ImmutableArray<Override>> LoadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<Override> all = [.. Overrides.Values];
        if (LoadDelay > TimeSpan.Zero)
            await Task.Delay(LoadDelay, time, cancellationToken);
        return all;
    }

    public ValueTask<bool> KeepAsync(Override entry, CancellationToken cancellationToken)
    {
        Overrides[entry.Address] = entry;
        return new(Keeps);
    }

    public ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken)
    {
        Overrides.Remove(address);
        return new(Keeps);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Covers(FlushScope scope, string key) => scope switch
    {
        FlushScope.OfAddress address => key.EndsWith("\n" + address.Address.Text, StringComparison.Ordinal),
        FlushScope.OfDomain domain => key.EndsWith("@" + domain.Domain, StringComparison.Ordinal),
        _ => true,
    };
}
