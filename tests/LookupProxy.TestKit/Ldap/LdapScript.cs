namespace LookupProxy.TestKit.Ldap;

/// <summary>What the server does with one request. An exception closes the connection.</summary>
public delegate ValueTask LdapScript(LdapExchange exchange);
