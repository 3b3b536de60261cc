using System.Collections.Immutable;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// In which order a directory's servers are asked: those that are well first, then by the time that a question is likely to take.
/// The one that was first last time stays first until another is twice as good, so that connections and the server's own caches stay warm.
/// </summary>
internal sealed class ServerOrder(ImmutableArray<ServerAsker> servers)
{
    private volatile ServerAsker? _favourite;

    public ServerAsker[] Next()
    {
        var order = new ServerAsker[servers.Length];
        var keys = new (int Rank, long Cost)[servers.Length];
        var favourite = _favourite;
        for (var i = 0; i < servers.Length; i++)
        {
            order[i] = servers[i];
            keys[i] = (servers[i].Rank, servers[i] == favourite ? servers[i].Cost / 2 : servers[i].Cost);
        }

        // Few, and as configured when equal: an insertion sort keeps equals in their order.
        for (var i = 1; i < order.Length; i++)
        {
            for (var j = i; j > 0 && keys[j].CompareTo(keys[j - 1]) < 0; j--)
            {
                (keys[j], keys[j - 1]) = (keys[j - 1], keys[j]);
                (order[j], order[j - 1]) = (order[j - 1], order[j]);
            }
        }

        _favourite = order[0];
        return order;
    }
}
