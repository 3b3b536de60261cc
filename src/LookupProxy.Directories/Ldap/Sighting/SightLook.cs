using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Looks for anybody at all: first for the one seen last, which costs any server next to nothing, then below one base after the other
/// (where Samba, which heeds no size limit, gives everybody).
/// </summary>
internal sealed class SightLook(ILdapSearcher searcher, ImmutableArray<string> baseDns, LdapQuestion question, SightReader reader)
{
    private string? _seenLast;

    public async ValueTask<Answer.Unknown?> LookAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _seenLast) is { } seenLast)
        {
            var outcome = await searcher.SearchAsync(question.Somebody(seenLast), cancellationToken);
            if (!outcome.Entries.IsEmpty)
                return null;
        }

        Answer.Unknown? failure = null;
        foreach (var baseDn in baseDns)
        {
            var outcome = await searcher.SearchAsync(question.Anybody(baseDn), cancellationToken);
            var reading = reader.Read(outcome, baseDn);
            if (reading.Somebody)
            {
                Volatile.Write(ref _seenLast, outcome.Entries.FirstOrDefault()?.ObjectName);
                return null;
            }

            failure ??= reading.Failure;
        }

        return failure ?? new(UnknownReason.NotReady, Details.Nobody(baseDns));
    }
}
