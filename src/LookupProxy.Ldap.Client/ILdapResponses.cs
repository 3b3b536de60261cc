using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>
/// The responses of one search, in their order. Nothing is read ahead but what one read of the socket brought: a slow reader slows the server, and its own
/// connection only. Disposing before the end sends an Abandon (RFC 4511 4.11) and gives the session up; a server that is just sending may see
/// the connection's reset before the Abandon.
/// </summary>
public interface ILdapResponses : IAsyncDisposable
{
    /// <summary>
    /// The next entry, reference or intermediate response, with its controls; null at the end. Never throws for what the server or the network does.
    /// Throws only <see cref="OperationCanceledException"/>, for <paramref name="cancellationToken"/>, after it has sent an Abandon; the session is then given up.
    /// </summary>
    ValueTask<LdapMessage?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Set when <see cref="ReadAsync"/> has returned null.</summary>
    LdapEnd? End { get; }

    /// <summary>Entries that have been read.</summary>
    long Entries { get; }
}
