using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>
/// From what one search brought to an answer. An entry that shows the address is Exists, however the search ended; one that does not is worth no more than
/// the server's word, so the search must have ended well. Without one, only success with no reference that counts is Absent.
/// </summary>
internal sealed class OutcomeReader(LdapSchema schema, RecipientReader recipients, ReferenceJudge references)
{
    public Reading Read(LdapSearchOutcome outcome, string baseDn, AskedAddress asked)
    {
        // More entries than asked for is how a search for two may well end.
        var endedWell = outcome.Result is { Code: ResultCode.Success or ResultCode.SizeLimitExceeded };
        return BestEntry(outcome.Entries, asked) is { } best && (best.Shown || endedWell)
            ? new(new Answer.Exists(recipients.Read(best.Entry)), best.Shown ? null : best.Entry)
            : new(WithoutEntry(outcome, baseDn));
    }

    /// <summary>One that shows the address before one that does not, then an enabled one before a disabled one.</summary>
    private (SearchResultEntry Entry, bool Shown)? BestEntry(ImmutableArray<SearchResultEntry> entries, AskedAddress asked)
    {
        if (entries.IsEmpty)
            return null;
        (SearchResultEntry Entry, bool Shown)? best = null;
        var bestRank = -1;
        foreach (var entry in entries)
        {
            var disabled = recipients.IsDisabled(entry);
            if (disabled && !schema.DisabledExists)
                continue;
            var shown = asked.IsShownBy(entry);
            var rank = (shown ? 2 : 0) + (disabled ? 0 : 1);
            if (rank <= bestRank)
                continue;
            best = (entry, shown);
            bestRank = rank;
        }

        return best;
    }

    private Answer WithoutEntry(LdapSearchOutcome outcome, string baseDn)
    {
        if (SearchEnd.FailureOf(outcome, baseDn) is { } failure)
            return failure;
        if (outcome.Result is { Referral: [var referral, ..] })
            return new Answer.Unknown(UnknownReason.Referral, Details.OfReference(referral, baseDn));
        return references.FirstThatCounts(outcome.References, baseDn) is { } reference
            ? new Answer.Unknown(UnknownReason.Referral, Details.OfReference(reference, baseDn))
            : Answer.No;
    }
}
