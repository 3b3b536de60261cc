namespace LookupProxy.Core.Recipients;

/// <summary>
/// Whom the directories have at one address. They need not agree: a mailbox here is a contact or an account that was disabled when it moved there. So nobody may be
/// turned away for what one directory knows of him before the others were heard: <see cref="Lookups.LookupRequest.Everywhere"/>.
/// </summary>
public static class Namesakes
{
    /// <summary>The verdict with each recipient that a directory has; itself when no directory tells of any.</summary>
    /// <param name="whole">Of a lookup everywhere.</param>
    public static IEnumerable<Verdict> Of(Verdict whole)
    {
        var isAlone = true;
        foreach (var evidence in whole.Evidence)
        {
            if (evidence is not { Answer: Answer.Exists { Recipient: var recipient } })
                continue;
            isAlone = false;
            yield return whole with { Recipient = recipient, DecidedAs = evidence.AskedFor ?? whole.DecidedAs };
        }

        if (isAlone)
            yield return whole;
    }

    /// <summary>False when a directory could not say whom it has now: it may have another, or know better by now.</summary>
    public static bool AreAllKnown(Verdict whole) =>
        whole.Evidence.All(static evidence => evidence is { Answer: not Answer.Unknown, Source: not (EvidenceSource.Stale or EvidenceSource.Snapshot) });
}
