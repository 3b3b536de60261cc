using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>A search base can be searched when a base-scope search brings its entry.</summary>
internal static class BaseProbe
{
    /// <returns>Null when it can.</returns>
    public static Answer.Unknown? Read(LdapSearchOutcome outcome, string baseDn)
    {
        if (outcome.Fault is { } fault)
            return new(FaultReasons.Of(fault), fault.Detail);
        if (outcome.Result is { } result && ResultReasons.Of(result.Code) is { } reason)
            return new(reason, Details.Of(result, baseDn));
        return outcome.Entries.IsEmpty
            ? new(UnknownReason.BaseNotFound, $"{Details.Base(baseDn)} gives no entry: it is not there or may not be read")
            : null;
    }
}
