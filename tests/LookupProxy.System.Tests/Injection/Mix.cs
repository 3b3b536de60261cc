namespace LookupProxy.SystemTests.Injection;

/// <summary>What the load asks for at the moment.</summary>
/// <param name="Target">The directory that is in trouble, whose unseen people are asked for too; null when none is.</param>
internal sealed record Mix(Holder? Target)
{
    public static Mix Calm { get; } = new((Holder?)null);

    public (Holder Holder, int Number) Pick(Population people, Random random)
    {
        var draw = random.Next(100);
        if (draw < 20)
            return (Holder.Nobody, Population.PickNobody(random));
        if (Target is { } target && draw < 35)
            return (target, people.PickUnseen(target, random));
        var holder = Population.Directories[random.Next(Population.Directories.Count)];
        return (holder, people.PickEarly(random));
    }
}
