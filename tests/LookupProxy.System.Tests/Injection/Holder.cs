namespace LookupProxy.SystemTests.Injection;

/// <summary>Who has an address: one of the three directories, or nobody.</summary>
internal enum Holder
{
    /// <summary>slapd.</summary>
    Contoso,

    /// <summary>Samba AD.</summary>
    Fabrikam,

    /// <summary>The scripted LDAP server, which can do what no real one does on demand.</summary>
    Tailspin,

    Nobody,
}
