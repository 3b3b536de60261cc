namespace LookupProxy.Endpoints.Ldap;

/// <summary>Which server a client that looks closely sees.</summary>
public enum LdapFlavour
{
    OpenLdap,
    ActiveDirectory,
}
