using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap.Replication;

/// <summary>Asks a domain controller's root DSE whether it has caught up with the others.</summary>
internal sealed class CatchUpLook(string server, ILdapSearcher searcher, ImmutableArray<string> signs)
{
    /// <summary>Whether it has been synchronised with its partners since it was started (MS-ADTS 3.1.1.3.2).</summary>
    private const string Synchronized = "isSynchronized";

    /// <summary>Whether its global catalog has got every domain of the forest (MS-ADTS 3.1.1.3.2.10). FALSE too where it has none, and nobody asks for one.</summary>
    private const string CatalogReady = "isGlobalCatalogReady";

    public static ImmutableArray<string> Signs { get; } = [Synchronized, CatalogReady];

    /// <summary>What must not be FALSE of a controller that is asked at this URL.</summary>
    public static ImmutableArray<string> SignsOf(Uri uri) => LdapUrl.IsCatalog(uri) ? Signs : [Synchronized];

    /// <param name="rootDse">With those of the signs that the server has.</param>
    /// <returns>Null when it has caught up, or says nothing of it.</returns>
    public static Answer.Unknown? Judge(string server, SearchResultEntry? rootDse, ImmutableArray<string> signs)
    {
        foreach (var sign in signs)
        {
            if (rootDse?.Texts(sign).Any(static value => value.Equals("FALSE", StringComparison.OrdinalIgnoreCase)) == true)
                return new(UnknownReason.Distrusted, $"{server} is a domain controller that has not caught up with the others ({sign} is FALSE): it may lack recipients that they have. If it is alone and always says so, set directories.NAME.unsynchronized to ignore");
        }

        return null;
    }

    public async ValueTask<CatchUpWord> LookAsync(CancellationToken cancellationToken)
    {
        var outcome = await searcher.SearchAsync(LdapQuestion.Probe("") with { Attributes = signs }, cancellationToken);
        return new(Judge(server, outcome.Entries.FirstOrDefault(), signs) ?? FailureOf(outcome), outcome.ConnectedAt);
    }

    /// <summary>A refusal is no word on it: some servers show no root DSE.</summary>
    private static Answer.Unknown? FailureOf(LdapSearchOutcome outcome) =>
        SearchEnd.FailureOf(outcome, "") is { } failure && (outcome.Fault is not null || failure.Reason is UnknownReason.Busy or UnknownReason.Unavailable) ? failure : null;
}
