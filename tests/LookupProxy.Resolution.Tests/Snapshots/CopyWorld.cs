using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.Resolution.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Tests.Snapshots;

/// <summary>Worlds whose first directory has a local copy.</summary>
internal static class CopyWorld
{
    public static readonly Answer.Unknown Down = new(UnknownReason.Unreachable, "refused");

    public static World Of(
        SnapshotSettings? settings = null, int directories = 1, Action<ScriptedListing>? before = null, Func<ResolverModel, ResolverModel>? change = null,
        ILoggerFactory? loggers = null, TimeSpan? later = null)
    {
        // What the listing tells is decided before the first reading, which begins with the world.
        var world = World.Of(
            directories,
            change: model => (change ?? (static m => m))(model with { Snapshots = model.Snapshots.Add("d0", settings ?? new()) }),
            loggers: loggers,
            prepare: made =>
            {
                made[0].Listing.Set("anna", "Anna@corp.example", "anna.alias@corp.example");
                made[0].Listing.Set("berta", "berta@corp.example");
                before?.Invoke(made[0].Listing);
            },
            later: later);
        world[0].Says = address => Holds(world, address.Text) ? ScriptedServer.Exists("d0") : Answer.No;
        return world;
    }

    public static ScriptedListing Listing(this World world) => world.Directories[0].Listing;

    public static SnapshotKeeper Keeper(this World world) => world.Resolver.Snapshots.Keepers[0];

    public static void GoDown(this World world, int directory = 0) => world[directory].Says = static _ => Down;

    /// <summary>A hundred more, of whom one can be told from another.</summary>
    public static void AddCrowd(ScriptedListing listing)
    {
        for (var i = 0; i < 100; i++)
            listing.Set($"user{i}", $"user{i}@corp.example");
    }

    private static bool Holds(World world, string address) =>
        world.Listing().Everybody.Any(person => person.Addresses.Any(one => one.Text.Equals(address, StringComparison.OrdinalIgnoreCase)));
}
