namespace LookupProxy.Ldap.Client;

/// <summary>Binds on one server with whatever credentials, to find out whether they are right.</summary>
public interface ILdapBinder
{
    /// <summary>
    /// One simple bind on a connection of its own, which is closed after it. Under TLS only: without it nothing is sent, and the fault is
    /// <see cref="LdapFaultKind.TlsFailed"/>. Keeps nothing of the password, and never throws for what the server or the network does.
    /// Throws only <see cref="OperationCanceledException"/>, for <paramref name="cancellationToken"/>.
    /// </summary>
    /// <returns>Null when the server accepted them. <see cref="LdapFaultKind.BindRefused"/> with a code is the server's own word.</returns>
    ValueTask<LdapFault?> BindAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken);
}
