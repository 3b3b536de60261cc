using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Sighting;

internal sealed class SightReader(ReferenceJudge references)
{
    public SightReading Read(LdapSearchOutcome outcome, string baseDn)
    {
        if (!outcome.Entries.IsEmpty)
            return new(Somebody: true);
        if (outcome.Fault is { } fault)
            return Failed(FaultReasons.Of(fault), fault.Detail);
        if (outcome.Result is not { } result)
            return Failed(UnknownReason.ProtocolError, Details.NoEnd(baseDn));
        if (IsTooMuch(result.Code))
            return new(Somebody: true);
        if (ResultReasons.Of(result.Code) is { } reason)
            return Failed(reason, Details.Of(result, baseDn));
        return references.FirstThatCounts(outcome.References, baseDn) is { } reference
            ? Failed(UnknownReason.Referral, Details.OfReference(reference, baseDn))
            : new(Somebody: false);
    }

    private static SightReading Failed(UnknownReason reason, string detail) => new(Somebody: false, new Answer.Unknown(reason, detail));

    /// <summary>A search that is too wide for the server, or forbidden because it is, speaks against nobody.</summary>
    private static bool IsTooMuch(ResultCode code) => code is ResultCode.SizeLimitExceeded or ResultCode.TimeLimitExceeded
        or ResultCode.AdminLimitExceeded or ResultCode.UnwillingToPerform or ResultCode.InsufficientAccessRights;
}
