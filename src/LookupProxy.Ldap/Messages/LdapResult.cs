using System.Collections.Immutable;

namespace LookupProxy.Ldap.Messages;

/// <summary>LDAPResult, RFC 4511 4.1.9.</summary>
/// <param name="Code">Also one that <see cref="ResultCode"/> does not name.</param>
/// <param name="MatchedDn">With <see cref="ResultCode.NoSuchObject"/> the last entry on the way that exists, if the server tells.</param>
/// <param name="DiagnosticMessage">For logs, never for programs; what was not UTF-8 in it is U+FFFD.</param>
public sealed record LdapResult(ResultCode Code, string MatchedDn = "", string DiagnosticMessage = "")
{
    public ImmutableArray<string> Referral { get; init; } = [];
}
