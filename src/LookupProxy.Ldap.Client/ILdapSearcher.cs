using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>Searches on one server, over whatever connections it keeps.</summary>
public interface ILdapSearcher : IAsyncDisposable
{
    /// <summary>
    /// One search, to its end. Never throws for what the server or the network does: see <see cref="LdapSearchOutcome.Fault"/>.
    /// Throws only <see cref="OperationCanceledException"/>, for <paramref name="cancellationToken"/>, after it has sent an Abandon.
    /// </summary>
    ValueTask<LdapSearchOutcome> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>An administrator says that what failed is mended: the next search may connect and bind at once, also with a password that was refused.</summary>
    void TryAnew()
    {
    }
}
