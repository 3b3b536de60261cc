using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>Recipients that go all at once have more likely become invisible (a lost read right, a wrong base, an empty restore) than been deleted.</summary>
internal static class ShrinkRule
{
    private const int CountsFrom = 20;

    /// <param name="accepted">How many recipients the reading had that an administrator has accepted; null when none was.</param>
    /// <returns>Null when the reading may be used.</returns>
    public static Shrinkage? Check(RecipientCopy before, RecipientCopy next, SnapshotSettings settings, int? accepted)
    {
        if (settings.MaxShrink >= 1 || before.Recipients == 0)
            return null;
        // The accepted number again, or nearly: what was accepted is not a licence for worse.
        if (accepted is { } number && next.Recipients >= number * (1 - settings.MaxShrink))
            return null;
        var lost = ReferenceEquals(before.Keys, next.Keys) ? before.CountLost(next) : Math.Max(before.Recipients - next.Recipients, 0);
        var isTooMuch = next.Recipients == 0 || (before.Recipients >= CountsFrom && lost > before.Recipients * settings.MaxShrink);
        return isTooMuch ? new Shrinkage(lost, before.Recipients, next.Recipients) : null;
    }
}
