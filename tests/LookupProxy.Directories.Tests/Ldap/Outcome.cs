using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

internal static class Outcome
{
    public static LdapSearchOutcome Of(ResultCode code, params SearchResultEntry[] entries) => new() { Entries = [.. entries], Result = new(code) };

    /// <summary>What a server with these entries answers.</summary>
    public static LdapSearchOutcome Of(ScriptedEntries entries, SearchRequest request) =>
        Of(ResultCode.Success, [.. entries.Find(request).Select(entry => ScriptedEntry.Select(entry, request.Attributes, request.TypesOnly))]);

    public static LdapSearchOutcome Of(LdapFaultKind fault, params SearchResultEntry[] entries) => new() { Entries = [.. entries], Fault = new(fault, "it broke") };

    public static LdapSearchOutcome WithReferences(this LdapSearchOutcome outcome, params string[] references) => outcome with { References = [.. references] };
}
