using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>
/// From entries that have changed in some way to recipients and those that are none any more: first the ids of all that changed are gathered,
/// then the recipients among them are read; whose id is left over is gone. In this order, an entry that changes meanwhile is told too much, not too little.
/// </summary>
internal sealed class ChangedEntries(ListingScope scope)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public bool IsTooMuch => _ids.Count > scope.Searches.Options.MaxChanges;

    public void Add(string id) => _ids.Add(id);

    /// <summary>Gathers ids from the whole naming context, where it may be read: an entry that has been moved out of a base has changed as well.</summary>
    /// <returns>False when there are too many.</returns>
    public async Task<bool> GatherAsync(ChangeSearch search, CancellationToken cancellationToken)
    {
        foreach (var bases in scope.BaseDns.GroupBy(scope.RootDse.ContextOf, StringComparer.OrdinalIgnoreCase))
        {
            if (await TryGatherAsync(bases.Key, search, cancellationToken) is null)
                continue;
            foreach (var baseDn in bases)
            {
                if (await TryGatherAsync(baseDn, search, cancellationToken) is { } failure)
                    throw failure;
            }
        }

        return !IsTooMuch;
    }

    /// <param name="among">The recipients are sought among what these find.</param>
    /// <param name="mark">For the last batch.</param>
    /// <param name="tellsGone">See <see cref="ListingBatch.TellsGone"/>.</param>
    public async IAsyncEnumerable<ListingBatch> TellAsync(
        IEnumerable<LdapFilter> among, ListingMark mark, bool tellsGone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var filter in among)
        {
            foreach (var baseDn in scope.BaseDns)
            {
                await foreach (var page in scope.Searches.PagesAsync(scope.Question.Recipients(baseDn, filter), [], heedReferences: true, cancellationToken))
                {
                    var recipients = scope.Read(page);
                    foreach (var recipient in recipients)
                        _ids.Remove(recipient.Id);
                    yield return new ListingBatch(IsFull: false, recipients, [], Mark: null);
                }
            }
        }

        yield return new ListingBatch(IsFull: false, [], [.. _ids], mark) { TellsGone = tellsGone };
    }

    /// <returns>Null when it went, or there are too many anyway; a failure that another base may not have.</returns>
    private async Task<ListingException?> TryGatherAsync(string baseDn, ChangeSearch search, CancellationToken cancellationToken)
    {
        var request = ListingQuestion.Ids(baseDn, search.Since, search.Attributes);
        try
        {
            await foreach (var page in scope.Searches.PagesAsync(request, search.Controls, heedReferences: false, cancellationToken))
            {
                foreach (var entry in page)
                {
                    Add(EntryIds.Of(entry));
                    search.Note?.Invoke(entry);
                }

                if (IsTooMuch)
                    return null;
            }

            return null;
        }
        catch (ListingException exception) when (exception.Reason is UnknownReason.BaseNotFound or UnknownReason.AccessRefused)
        {
            return exception;
        }
    }
}
