using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// A request that waits for its end on a connection. Entries, references and the end come from the connection's read loop, one at a time;
/// a fault can come from anywhere. What it does with entries is its own affair: gather a few, or stream many.
/// </summary>
internal abstract class PendingOperation
{
    /// <summary>Set by the connection that carries it.</summary>
    public int MessageId { get; set; }

    /// <summary>Timestamp, set by the connection just before it is sent.</summary>
    public long SentAt { get; set; }

    /// <summary>Timestamp of the beginning of the connection that carries it, set with <see cref="SentAt"/>.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>False for what the client asks for itself: it does not count against the searches that a connection carries.</summary>
    public virtual bool TakesRoom => true;

    public abstract LdapMessage ToMessage();

    /// <summary>The end of an operation that brings more than it may, see <see cref="OnEntry"/>.</summary>
    public abstract LdapResult LimitReached { get; }

    /// <param name="octets">Size of the PDU that brought it.</param>
    /// <returns>False: it is more than the operation may bring.</returns>
    public abstract bool OnEntry(SearchResultEntry entry, long octets);

    /// <inheritdoc cref="OnEntry"/>
    public abstract bool OnReference(SearchResultReference reference, long octets);

    /// <returns>True: somebody waits for it, and the connection calls <see cref="Tell"/> when it has time.</returns>
    public abstract bool OnEnd(LdapResult result);

    /// <summary>After <see cref="OnEnd"/>: passes it on to who waits.</summary>
    /// <param name="onThisThread">Who waits goes on in this call; otherwise on the pool.</param>
    public abstract void Tell(bool onThisThread);

    /// <param name="unheard">The connection was silent for a while before the request went out, and until it was lost: the server closed it as idle.</param>
    public abstract void OnFault(LdapFault fault, bool unheard);
}
