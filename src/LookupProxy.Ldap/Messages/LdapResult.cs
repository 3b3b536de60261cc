using System.Collections.Immutable;

namespace LookupProxy.Ldap.Messages;

/// <summary>LDAPResult, RFC 4511 4.1.9.</summary>
public sealed record LdapResult(ResultCode Code, string MatchedDn = "", string DiagnosticMessage = "")
{
    public ImmutableArray<string> Referral { get; init; } = [];
}
