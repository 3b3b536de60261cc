using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Caching;

public sealed class HarvestTests
{
    [Fact]
    public void A_directory_harvest_attack_pushes_nobody_out_who_exists()
    {
        using var world = World.Of(2, change: static model => model with { Cache = model.Cache with { MaxExists = 200, MaxAbsent = 100 } });
        world[0].Says = static address => address.Text.StartsWith("person", StringComparison.Ordinal) ? ScriptedServer.Exists("d0") : Answer.No;
        for (var i = 0; i < 100; i++)
            world.Ask($"person{i}@corp.example");
        var asked = world[0].Asked;
        for (var i = 0; i < 5000; i++)
            world.Ask($"guess{i}@corp.example");
        Assert.Equal(asked + 5000, world[0].Asked);
        Assert.True(world.Resolver.Cache.Absent.Count <= 101);
        for (var i = 0; i < 100; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask($"person{i}@corp.example").Kind);
        Assert.Equal(asked + 5000, world[0].Asked);
    }
}
