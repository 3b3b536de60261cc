using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>The local copies of all directories that have one.</summary>
internal sealed class SnapshotSet(ImmutableArray<SnapshotKeeper> keepers, SheetClock clock) : IAlarmSource, IAcceptance, ISnapshotControl, IAsyncDisposable
{
    public ImmutableArray<SnapshotKeeper> Keepers => keepers;

    public ImmutableArray<Alarm> Current => [.. keepers.Select(keeper => SnapshotAlarms.Of(keeper, clock.Time.GetUtcNow())).OfType<Alarm>()];

    /// <summary>Null when there is none of it.</summary>
    public SnapshotKeeper? Of(string directory) => keepers.FirstOrDefault(keeper => keeper.Directory == directory);

    public SnapshotHealth? HealthOf(string directory) => Of(directory) is { } keeper ? HealthOf(keeper) : null;

    public void Start()
    {
        foreach (var keeper in keepers)
            keeper.Start();
    }

    public ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken) => new(Of(directory)?.Accept() is { } shrinkage
        ? $"the local copy may go from {shrinkage.Before} to about {shrinkage.Left} recipients; the directory is read again now"
        : null);

    public bool Refresh(string directory)
    {
        var keeper = Of(directory);
        keeper?.Refresh();
        return keeper is not null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in keepers)
            await keeper.DisposeAsync();
    }

    private static SnapshotHealth HealthOf(SnapshotKeeper keeper)
    {
        var copy = keeper.Copy;
        var state = copy is null ? SnapshotState.Missing
            : keeper.IsTooOld ? SnapshotState.TooOld
            : keeper.Fault?.Shrinkage is not null ? SnapshotState.Refused
            : SnapshotState.Ready;
        var mode = keeper.Settings.Mode == SnapshotMode.Primary ? "primary" : "fallback";
        return new SnapshotHealth(
            mode, state, copy?.Recipients, copy?.Stamp.ReadAt, copy?.Stamp.FullAt, keeper.Fault?.At, keeper.Fault?.Text, keeper.NextAt)
        {
            Reading = keeper.Progress?.Recipients,
            Expected = keeper.Progress?.Expected,
        };
    }
}
