namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>How a directory is asked for what has changed. Not every server has every way.</summary>
public enum ChangesMethod
{
    /// <summary>The best that the server offers and the account may use.</summary>
    Auto,

    /// <summary>Active Directory's DirSync control. Tells deletions only to accounts that may replicate.</summary>
    DirSync,

    /// <summary>Active Directory's uSNChanged: of one domain controller, which counts for itself.</summary>
    Usn,

    /// <summary>RFC 4533, OpenLDAP's overlay syncprov.</summary>
    SyncRepl,

    /// <summary>Never tells what has gone.</summary>
    ModifyTimestamp,

    /// <summary>Every reading is a full one.</summary>
    None,
}
