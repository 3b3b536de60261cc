namespace LookupProxy.Ldap;

/// <summary>Names of controls, extended operations and features. The peer's documentation or RFC stands beside each.</summary>
public static class Oids
{
    /// <summary>RFC 4511 4.14.1, extended operation.</summary>
    public const string StartTls = "1.3.6.1.4.1.1466.20037";

    /// <summary>RFC 4511 4.4.1, extended response with message id 0: the server is about to close.</summary>
    public const string NoticeOfDisconnection = "1.3.6.1.4.1.1466.20036";

    /// <summary>RFC 4532, extended operation.</summary>
    public const string WhoAmI = "1.3.6.1.4.1.4203.1.11.3";

    /// <summary>RFC 3062, extended operation; refused.</summary>
    public const string PasswordModify = "1.3.6.1.4.1.4203.1.11.1";

    /// <summary>RFC 3909, extended operation.</summary>
    public const string Cancel = "1.3.6.1.1.8";

    /// <summary>RFC 2696, control of request and response.</summary>
    public const string PagedResults = "1.2.840.113556.1.4.319";

    /// <summary>RFC 3296, control: referral objects are entries like others.</summary>
    public const string ManageDsaIt = "2.16.840.1.113730.3.4.2";

    /// <summary>MS-ADTS LDAP_SERVER_DOMAIN_SCOPE_OID, control: no continuation references.</summary>
    public const string DomainScope = "1.2.840.113556.1.4.1339";

    /// <summary>MS-ADTS LDAP_SERVER_SHOW_DELETED_OID, control: tombstones are found too.</summary>
    public const string ShowDeleted = "1.2.840.113556.1.4.417";

    /// <summary>MS-ADTS LDAP_SERVER_DIRSYNC_OID, control of request and response.</summary>
    public const string DirSync = "1.2.840.113556.1.4.841";

    /// <summary>RFC 4533, control of the request.</summary>
    public const string SyncRequest = "1.3.6.1.4.1.4203.1.9.1.1";

    /// <summary>RFC 4533, control of an entry or reference.</summary>
    public const string SyncState = "1.3.6.1.4.1.4203.1.9.1.2";

    /// <summary>RFC 4533, control of the search's end.</summary>
    public const string SyncDone = "1.3.6.1.4.1.4203.1.9.1.3";

    /// <summary>RFC 4533, intermediate response.</summary>
    public const string SyncInfo = "1.3.6.1.4.1.4203.1.9.1.4";

    /// <summary>MS-ADTS LDAP_MATCHING_RULE_BIT_AND: all bits of the assertion are set.</summary>
    public const string BitAnd = "1.2.840.113556.1.4.803";

    /// <summary>MS-ADTS LDAP_MATCHING_RULE_BIT_OR: any bit of the assertion is set.</summary>
    public const string BitOr = "1.2.840.113556.1.4.804";

    /// <summary>MS-ADTS LDAP_MATCHING_RULE_TRANSITIVE_EVAL: membership through nested groups.</summary>
    public const string TransitiveEvaluation = "1.2.840.113556.1.4.1941";

    /// <summary>RFC 4526, feature: <c>(&amp;)</c> and <c>(|)</c>.</summary>
    public const string AbsoluteFilters = "1.3.6.1.4.1.4203.1.5.3";

    /// <summary>RFC 3673, feature: <c>+</c> asks for all operational attributes.</summary>
    public const string AllOperationalAttributes = "1.3.6.1.4.1.4203.1.5.1";

    /// <summary>In rootDSE's supportedCapabilities: the server is an Active Directory.</summary>
    public const string ActiveDirectory = "1.2.840.113556.1.4.800";
}
