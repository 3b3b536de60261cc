using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>How a search ended, whatever it brought.</summary>
internal static class SearchEnd
{
    /// <returns>Null when it ended with success.</returns>
    public static Answer.Unknown? FailureOf(LdapSearchOutcome outcome, string baseDn)
    {
        if (outcome.Fault is { } fault)
            return new(FaultReasons.Of(fault), fault.Detail);
        if (outcome.Result is not { } result)
            return new(UnknownReason.ProtocolError, Details.NoEnd(baseDn));
        return ResultReasons.Of(result.Code) is { } reason ? new(reason, Details.Of(result, baseDn)) : null;
    }
}
