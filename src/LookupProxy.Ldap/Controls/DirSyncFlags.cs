namespace LookupProxy.Ldap.Controls;

/// <summary>MS-ADTS 3.1.1.3.4.1.3.</summary>
[Flags]
public enum DirSyncFlags
{
    None = 0,

    /// <summary>Any account may ask, and sees what it may read; deletions are not told.</summary>
    ObjectSecurity = 0x1,

    AncestorsFirstOrder = 0x800,

    PublicDataOnly = 0x2000,

    /// <summary>Of an attribute of many values only those that changed.</summary>
    IncrementalValues = unchecked((int)0x8000_0000),
}
