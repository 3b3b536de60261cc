using System.Collections.Concurrent;
using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Listing.Changes;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>The ways of telling changes that are open to a directory, the best first. One that has spoilt a reading is not tried again for a day.</summary>
internal sealed class ListingWays(ChangesMethod method, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, long> _spoilt = new(StringComparer.Ordinal);
    private readonly TimestampTeller _timestamp = new(time);

    public IEnumerable<IChangeTeller> For(RootDse rootDse) =>
        Chosen(rootDse).Where(way => way.IsOffered(rootDse) && !Rests(way));

    public void GiveUp(IChangeTeller way) => _spoilt[way.Method] = time.GetTimestamp();

    private bool Rests(IChangeTeller way) => _spoilt.TryGetValue(way.Method, out var since) && time.GetElapsedTime(since) < Rest;

    private ImmutableArray<IChangeTeller> Chosen(RootDse rootDse) => method switch
    {
        ChangesMethod.Auto when rootDse.IsActiveDirectory => [new DirSyncTeller(orAsAnybody: false), new UsnTeller(), _timestamp],
        ChangesMethod.Auto => [new SyncReplTeller(), _timestamp],
        ChangesMethod.DirSync => [new DirSyncTeller(orAsAnybody: true)],
        ChangesMethod.Usn => [new UsnTeller()],
        ChangesMethod.SyncRepl => [new SyncReplTeller()],
        ChangesMethod.ModifyTimestamp => [_timestamp],
        _ => [],
    };
}
