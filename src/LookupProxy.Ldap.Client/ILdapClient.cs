namespace LookupProxy.Ldap.Client;

/// <summary>One server: short questions over the shared connections, long readings and binds of users over connections of their own.</summary>
public interface ILdapClient : ILdapSearcher, ILdapBinder
{
    /// <summary>
    /// Opens a connection that nobody shares, secured and bound. Never throws for what the server or the network does: see <see cref="LdapSessionOutcome.Fault"/>.
    /// Throws only <see cref="OperationCanceledException"/>, for <paramref name="cancellationToken"/>.
    /// </summary>
    ValueTask<LdapSessionOutcome> OpenSessionAsync(CancellationToken cancellationToken);
}
