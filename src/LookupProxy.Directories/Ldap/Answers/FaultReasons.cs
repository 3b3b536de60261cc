using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>What a search that had no end means.</summary>
internal static class FaultReasons
{
    public static UnknownReason Of(LdapFault fault) => (fault.Kind, fault.Code) switch
    {
        // A bind that a busy server puts off is not a refusal of our credentials.
        (LdapFaultKind.BindRefused or LdapFaultKind.ConnectionLost, ResultCode.Busy) => UnknownReason.Busy,
        (LdapFaultKind.BindRefused or LdapFaultKind.ConnectionLost, ResultCode.Unavailable) => UnknownReason.Unavailable,
        (LdapFaultKind.Unreachable, _) => UnknownReason.Unreachable,
        (LdapFaultKind.ConnectionLost, _) => UnknownReason.ConnectionLost,
        (LdapFaultKind.ConnectTimeout, _) => UnknownReason.Timeout,
        (LdapFaultKind.Silence, _) => UnknownReason.Timeout,
        (LdapFaultKind.TlsFailed, _) => UnknownReason.TlsFailed,
        (LdapFaultKind.BindRefused, _) => UnknownReason.BindRefused,
        (LdapFaultKind.ProtocolError, _) => UnknownReason.ProtocolError,
        (LdapFaultKind.Overloaded, _) => UnknownReason.Overloaded,
        _ => UnknownReason.InternalError,
    };
}
