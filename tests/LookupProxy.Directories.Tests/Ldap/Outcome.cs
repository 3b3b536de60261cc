using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Tests.Ldap;

internal static class Outcome
{
    public static LdapSearchOutcome Of(ResultCode code, params SearchResultEntry[] entries) => new() { Entries = [.. entries], Result = new(code) };

    public static LdapSearchOutcome Of(LdapFaultKind fault, params SearchResultEntry[] entries) => new() { Entries = [.. entries], Fault = new(fault, "it broke") };

    public static LdapSearchOutcome WithReferences(this LdapSearchOutcome outcome, params string[] references) => outcome with { References = [.. references] };
}
