namespace LookupProxy.Ldap.Client.Connections;

internal interface IConnectionOwner
{
    /// <summary>It has reached its maximum age: replace it when you can. Called again while it lives on.</summary>
    void OnAged(LdapConnection connection);

    /// <summary>It takes no more searches and is gone, or about to go.</summary>
    /// <param name="fault">Null when it ended as planned.</param>
    void OnClosed(LdapConnection connection, LdapFault? fault);
}
