using System.Collections.Immutable;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>Which server a reading is made from: the one that made the mark, if it can be reached, else the first that can, after one that has failed the next.</summary>
internal sealed class ListingServers(ImmutableArray<ListingServer> servers)
{
    private int _first;

    public async Task<(ListingServer Server, ILdapSession Session)> OpenAsync(string? preferred, CancellationToken cancellationToken)
    {
        LdapFault? fault = null;
        foreach (var server in InOrder(preferred))
        {
            var outcome = await server.Client.OpenSessionAsync(cancellationToken);
            if (outcome.Session is { } session)
                return (server, session);
            fault ??= outcome.Fault;
        }

        throw new ListingException(FaultReasons.Of(fault!), fault!.Detail);
    }

    public void Failed(ListingServer server) => Volatile.Write(ref _first, servers.IndexOf(server) + 1);

    private IEnumerable<ListingServer> InOrder(string? preferred)
    {
        var first = Volatile.Read(ref _first);
        return Enumerable.Range(0, servers.Length)
            .Select(i => servers[(first + i) % servers.Length])
            .OrderByDescending(server => server.Name == preferred);
    }
}
