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
        if (SearchEnd.FailureOf(outcome, baseDn) is { } failure)
            return outcome is { Fault: null, Result: not null } && SpeaksOfTheQuestion(failure.Reason) ? new(Somebody: true) : new(Somebody: false, failure);
        return references.FirstThatCounts(outcome.References, baseDn) is { } reference
            ? new(Somebody: false, new Answer.Unknown(UnknownReason.Referral, Details.OfReference(reference, baseDn)))
            : new(Somebody: false);
    }

    /// <summary>
    /// The server answers for addresses and will not have this wider search: too much, not indexed, not allowed, not known. That is no sign of blindness.
    /// All else is about the server's or the base's state, which may have been so for the address too.
    /// </summary>
    private static bool SpeaksOfTheQuestion(UnknownReason reason) =>
        reason is UnknownReason.SizeLimit or UnknownReason.TimeLimit or UnknownReason.AccessRefused or UnknownReason.ServerError or UnknownReason.ProtocolError;
}
