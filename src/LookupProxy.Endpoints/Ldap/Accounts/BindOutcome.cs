using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <param name="Account">Who the client is now; null for nobody.</param>
internal readonly record struct BindOutcome(LdapResult Result, LdapAccountOptions? Account)
{
    public static BindOutcome Of(ResultCode code, string why) => new(new LdapResult(code, "", why), null);
}
