using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;

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
        if (ResultReasons.Of(result.Code) is { } reason)
            return SpeaksOfTheQuestion(reason) ? new(Somebody: true) : Failed(reason, Details.Of(result, baseDn));
        return references.FirstThatCounts(outcome.References, baseDn) is { } reference
            ? Failed(UnknownReason.Referral, Details.OfReference(reference, baseDn))
            : new(Somebody: false);
    }

    private static SightReading Failed(UnknownReason reason, string detail) => new(Somebody: false, new Answer.Unknown(reason, detail));

    /// <summary>
    /// The server answers for addresses and will not have this wider search: too much, not indexed, not allowed, not known. That is no sign of blindness.
    /// All else is about the server's or the base's state, which may have been so for the address too.
    /// </summary>
    private static bool SpeaksOfTheQuestion(UnknownReason reason) =>
        reason is UnknownReason.SizeLimit or UnknownReason.TimeLimit or UnknownReason.AccessRefused or UnknownReason.ServerError or UnknownReason.ProtocolError;
}
