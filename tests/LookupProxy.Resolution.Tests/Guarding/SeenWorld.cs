using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A directory with a guard, all of whose people have been seen: p0, p1, …</summary>
internal static class SeenWorld
{
    /// <summary>Long enough that they are asked for again.</summary>
    public static readonly TimeSpan Aged = TimeSpan.FromHours(2);

    /// <param name="also">Who is there too and has not been asked for.</param>
    /// <param name="exists">How long they are remembered.</param>
    /// <param name="ago">When they were seen; <see cref="Aged"/> unless told.</param>
    public static World Of(
        int count,
        out People people,
        GuardSettings? guard = null,
        CanarySettings? canary = null,
        int servers = 1,
        string? also = null,
        TimeSpan? exists = null,
        TimeSpan? ago = null,
        Func<TimeProvider, SecondLevel>? second = null)
    {
        var settings = World.Alone with { Guard = guard ?? new GuardSettings(), Canary = canary };
        var world = World.Of(
            1,
            servers,
            model => model with { Resilience = model.Resilience.SetItem("d0", settings), Cache = model.Cache with { Exists = exists ?? model.Cache.Exists } },
            second: second);
        people = new People(world[0], count);
        foreach (var server in world.Directories[0].All.Skip(1))
            _ = new People(server, count);
        if (also is not null)
            people.Add(also);
        for (var i = 0; i < count; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
        world.Advance(ago ?? Aged);
        return world;
    }
}
