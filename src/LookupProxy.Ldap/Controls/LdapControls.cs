using System.Collections.Immutable;

namespace LookupProxy.Ldap.Controls;

/// <summary>Controls without a value, and finding one among several.</summary>
public static class LdapControls
{
    /// <summary>
    /// Active Directory: no continuation references to other partitions and domains. Servers that don't know it ignore it when it isn't critical.
    /// </summary>
    public static LdapControl DomainScope(bool critical = false) => new(Oids.DomainScope, critical);

    /// <summary>RFC 3296.</summary>
    public static LdapControl ManageDsaIt(bool critical = false) => new(Oids.ManageDsaIt, critical);

    /// <summary>Active Directory: finds tombstones too.</summary>
    public static LdapControl ShowDeleted(bool critical = true) => new(Oids.ShowDeleted, critical);

    public static LdapControl? Find(this ImmutableArray<LdapControl> controls, string oid)
    {
        foreach (var control in controls)
        {
            if (control.Oid == oid)
                return control;
        }

        return null;
    }
}
