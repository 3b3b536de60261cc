namespace LookupProxy.SystemTests.Injection;

/// <summary>People of one directory whom nobody has asked for before. They come one after the other, so that no load, however fast, uses them up at once.</summary>
internal sealed class Newcomers(Population people, Holder holder, int first, int count, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly long _from = time.GetTimestamp();
    private int _asked;

    public Holder Holder => holder;

    /// <summary>
    /// Whoever has just come, since each must be asked for; else, if <paramref name="again"/>, one of those who came and whom no node has accepted yet.
    /// </summary>
    /// <param name="which">Picks among them.</param>
    public int? Pick(bool again, int which)
    {
        var here = Math.Min(count, 1 + (int)(time.GetElapsedTime(_from) / Every));
        var asked = Volatile.Read(ref _asked);
        if (asked < here && Interlocked.CompareExchange(ref _asked, asked + 1, asked) == asked)
            return first + asked;
        for (var i = 0; again && i < here; i++)
        {
            var number = first + (int)(((uint)which + (uint)i) % (uint)here);
            if (people.IsNew(holder, number))
                return number;
        }

        return null;
    }
}
