using LookupProxy.Core.Health;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>What an administrator should look at.</summary>
internal static class SnapshotAlarms
{
    /// <summary>A directory that is down for a moment at the start is no alarm.</summary>
    private static readonly TimeSpan MissingAfter = TimeSpan.FromMinutes(5);

    public static Alarm? Of(SnapshotKeeper keeper, DateTimeOffset now)
    {
        var name = keeper.Directory;
        if (keeper.Fault is { Shrinkage: { } shrinkage } refused)
        {
            return new Alarm("snapshot-shrunk", name,
                $"The directory was read for its local copy, and {shrinkage.Lost} of {shrinkage.Before} recipients would be gone. The copy from before stays in use. "
                + $"Look whether the directory shows all its people; if they are gone, type: {IAcceptance.CommandFor(name)}", refused.Since);
        }

        if (keeper.Age is { } age && age > keeper.Settings.MaxAge / 2)
        {
            var since = now - age + (keeper.Settings.MaxAge / 2);
            var use = keeper.IsTooOld ? "It is not used any more" : $"It is used until it is {keeper.Settings.MaxAge.TotalHours:0} h old";
            return new Alarm("snapshot-old", name, $"The local copy is {age.TotalHours:0} h old. {use} (snapshot.maxAge). Last error: {keeper.Fault?.Text ?? "none"}", since);
        }

        if (keeper.Age is null && keeper.Fault is { } fault && fault.Since + MissingAfter <= now)
            return new Alarm("snapshot-missing", name, $"There is no local copy, because the directory can't be read whole: {fault.Text}", fault.Since);
        return null;
    }
}
