using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Filters;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>All recipients of an LDAP directory, from one of its servers over a connection that nothing else uses.</summary>
internal sealed class LdapListing(
    LdapDirectoryOptions options,
    ImmutableArray<ListingServer> servers,
    ListingQuestion question,
    ListedEntryReader reader,
    ReferenceJudge references,
    ILogger logger,
    TimeProvider time) : IRecipientListing
{
    private readonly ListingServers _servers = new(servers);
    private readonly ListingWays _ways = new(options.Listing.Changes, time);

    private readonly MarkSeal _seal = new(
        [FilterText.Format(question.Filter), options.Schema.Filter, .. options.BaseDns, "", .. question.Attributes, options.Schema.DisabledExists ? "" : "enabled"]);

    public async IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!reader.FindsAddresses)
        {
            throw new ListingException(
                UnknownReason.NotReady,
                $"{options.Name}: no item of the filter compares with a whole address or domain, so that recipients cannot be listed");
        }

        await using var run = new ListingRun(
            _servers,
            (server, session) => new ListingSearches(server.Name, session, options.Listing, references),
            (searches, rootDse) => new ListingScope(searches, rootDse, options.BaseDns, question, reader, _seal),
            _ways,
            options.Name,
            logger);
        var madeBy = since is null ? null : _seal.ServerOf(since);
        await using var batches = (await run.BeginAsync(since, madeBy, cancellationToken)).GetAsyncEnumerator(cancellationToken);
        while (await run.MoveNextAsync(batches, cancellationToken))
            yield return batches.Current;
    }
}
