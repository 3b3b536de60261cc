using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>Looks for anybody at all, below one base after the other. What <see cref="Sight"/> is given.</summary>
internal sealed class SightLook(ILdapSearcher searcher, ImmutableArray<string> baseDns, LdapQuestion question, SightReader reader)
{
    public async ValueTask<Answer.Unknown?> LookAsync(CancellationToken cancellationToken)
    {
        Answer.Unknown? failure = null;
        foreach (var baseDn in baseDns)
        {
            var outcome = await searcher.SearchAsync(question.Anybody(baseDn), cancellationToken);
            var reading = reader.Read(outcome, baseDn);
            if (reading.Somebody)
                return null;
            failure ??= reading.Failure;
        }

        return failure ?? new(UnknownReason.NotReady, Details.Nobody(baseDns));
    }
}
