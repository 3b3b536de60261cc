namespace LookupProxy.SystemTests.Injection;

/// <summary>What the load asks for at the moment.</summary>
/// <param name="Newcomers">Unseen people of the directory that is in trouble; null when none is.</param>
internal sealed record Mix(Newcomers? Newcomers)
{
    public static Mix Calm { get; } = new((Newcomers?)null);

    /// <summary>Draws as often whatever comes of it, so that what a client asks for follows from its seed.</summary>
    public (Holder Holder, int Number) Pick(Random random)
    {
        var draw = random.Next(100);
        var which = random.Next();
        if (Newcomers?.Pick(again: draw is >= 20 and < 35, which) is { } newcomer)
            return (Newcomers.Holder, newcomer);
        return draw < 20
            ? (Holder.Nobody, which % Population.Nobodies)
            : (Population.Directories[which % Population.Directories.Count], which / Population.Directories.Count % Population.Early);
    }
}
