using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>What memory holds of one directory before a lookup.</summary>
public enum Known
{
    Nothing,
    FreshExists,
    FreshAbsent,

    /// <summary>Past its time, within the stale time.</summary>
    StaleExists,

    /// <summary>Past the stale time too.</summary>
    DeadExists,
    OldAbsent,
}

internal static class Memory
{
    /// <summary>Puts a sheet into the resolver's memory, as if it had been learnt. The world must be older than 8 days.</summary>
    public static void Seed(World world, string canonical, IReadOnlyList<Known> known)
    {
        var address = Mail.Of(canonical);
        Assert.True(world.Resolver.Model.View(null).TryFind(address.Domain, out var entry));
        var sheet = new AnswerSheet(entry.Namespace, SheetKey.Of(entry.Namespace, address));
        var now = world.Time.Elapsed;
        for (var i = 0; i < known.Count; i++)
        {
            if (Slot(known[i], world.Directories[i].Name, now) is { } slot)
                sheet = sheet.With(i, slot);
        }

        world.Resolver.Cache.Keep(sheet);
    }

    private static Slot? Slot(Known known, string directory, TimeSpan now)
    {
        var settings = new CacheSettings();
        var exists = ScriptedServer.Exists(directory);
        return known switch
        {
            Known.FreshExists => At(exists, now - TimeSpan.FromMinutes(1), settings.Exists),
            Known.FreshAbsent => At(Answer.No, now - TimeSpan.FromSeconds(10), settings.Absent),
            Known.StaleExists => At(exists, now - TimeSpan.FromHours(2), settings.Exists),
            Known.DeadExists => At(exists, now - settings.StaleFor - TimeSpan.FromHours(2), settings.Exists),
            Known.OldAbsent => At(Answer.No, now - TimeSpan.FromMinutes(2), settings.Absent),
            _ => null,
        };
    }

    private static Slot At(Answer answer, TimeSpan given, TimeSpan time) => new(answer, given.Ticks, (given + time).Ticks, 0);
}
