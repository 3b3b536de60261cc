using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

public enum LdapFaultKind
{
    Unreachable,
    ConnectionLost,
    ConnectTimeout,
    TlsFailed,
    BindRefused,
    ProtocolError,

    /// <summary>No connection had a place for one more search, or no session was to be had.</summary>
    Overloaded,

    /// <summary>A session's search got nothing for as long as it was told to wait.</summary>
    Silence,
}

/// <param name="Detail">What happened, to what; no secret.</param>
/// <param name="Code">The result code of the bind or of a notice of disconnection (RFC 4511 4.4.1), when there was one.</param>
public sealed record LdapFault(LdapFaultKind Kind, string Detail, ResultCode? Code = null);
