using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <param name="Account">Who the client is now; null for nobody, and for an end user.</param>
internal readonly record struct BindOutcome(LdapResult Result, LdapAccountOptions? Account)
{
    /// <summary>Who the client is now; null for nobody, and for an account.</summary>
    public EndUser? User { get; init; }

    /// <summary>For the log, never for the client.</summary>
    public string? Why { get; init; }

    public static BindOutcome Of(ResultCode code, string why) => new(new LdapResult(code, "", why), null);
}
