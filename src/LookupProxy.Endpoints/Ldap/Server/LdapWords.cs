namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Outcomes and faults, for metrics. Names are stable.</summary>
internal static class LdapWords
{
    public const string Endpoint = "ldap";

    public const string Valid = "valid";
    public const string Invalid = "invalid";
    public const string Unknown = "unknown";
    public const string NotOurs = "not_ours";

    /// <summary>A search that is not about an address, or an operation that a read-only server refuses.</summary>
    public const string Refused = "refused";

    /// <summary>The client must bind first, or may not ask this.</summary>
    public const string Denied = "denied";

    public const string Busy = "busy";
    public const string Bound = "bound";
    public const string BindFailed = "bind_failed";

    /// <summary>Root DSE, schema, Who am I: no recipient is concerned.</summary>
    public const string Served = "served";

    /// <summary>A list, or a page of one.</summary>
    public const string Listed = "listed";

    /// <summary>A list that did not come to its end.</summary>
    public const string ListedInPart = "listed_in_part";

    public const string Error = "error";

    public const string FaultMalformed = "malformed";
    public const string FaultTls = "tls_on_plain_port";
    public const string FaultHandshake = "tls_handshake";
    public const string FaultProtocol = "protocol";
    public const string FaultTooMany = "too_many_connections";
    public const string FaultTruncated = "truncated";
    public const string FaultSlow = "slow";
}
