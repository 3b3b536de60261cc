namespace LookupProxy.Resolution.Federation;

/// <summary>When a sheet is judged. Ticks.</summary>
/// <param name="Since">When the lookup began: an Absent given since then is fresh whatever its time.</param>
/// <param name="ExistsSince">The same for an Exists; the start of the flight that the lookup joined, when that is earlier.</param>
/// <param name="OutOfTime">The deadline has passed: a directory that has not answered can't be asked any more.</param>
internal readonly record struct Moment(long Now, long Since, long ExistsSince, bool OutOfTime)
{
    /// <summary>For a sheet from memory: only what is within its time counts.</summary>
    public static Moment At(long now) => new(now, long.MaxValue, long.MaxValue, OutOfTime: false);
}
