namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>What a client may ask the LDAP endpoint, by kind.</summary>
[Flags]
public enum LdapQuestions
{
    None = 0,

    /// <summary>One or more recipients by their addresses.</summary>
    Address = 1,

    /// <summary>Who there is, by any filter: pass-through search.</summary>
    Enumeration = 2,

    /// <summary>Whether an end user's password is right: pass-through bind.</summary>
    UserBind = 4,

    All = Address | Enumeration | UserBind,
}
