using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>What one reading works with: a server, and how this directory's recipients are asked for and read.</summary>
internal sealed record ListingScope(
    ListingSearches Searches, RootDse RootDse, ImmutableArray<string> BaseDns, ListingQuestion Question, ListedEntryReader Reader, MarkSeal Seal)
{
    /// <summary>The naming contexts of the bases, each once.</summary>
    public IEnumerable<string> Contexts => BaseDns.Select(RootDse.ContextOf).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>All recipients, in pages.</summary>
    /// <param name="mark">Asked for the last batch.</param>
    /// <param name="tellsGone">See <see cref="ListingBatch.TellsGone"/>.</param>
    /// <param name="note">Sees every entry.</param>
    public async IAsyncEnumerable<ListingBatch> AllAsync(
        Func<ListingMark?> mark, bool tellsGone, Action<SearchResultEntry>? note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var baseDn in BaseDns)
        {
            await foreach (var page in Searches.PagesAsync(Question.Recipients(baseDn), [], heedReferences: true, cancellationToken))
            {
                if (note is not null)
                    page.ForEach(note);
                yield return new ListingBatch(IsFull: true, Read(page), [], Mark: null, BaseDns.Length == 1 ? Searches.Estimate : null);
            }
        }

        yield return new ListingBatch(IsFull: true, [], [], mark()) { TellsGone = tellsGone };
    }

    public ImmutableArray<ListedRecipient> Read(List<SearchResultEntry> entries)
    {
        var recipients = ImmutableArray.CreateBuilder<ListedRecipient>(entries.Count);
        foreach (var entry in entries)
        {
            if (Reader.Read(entry, EntryIds.Of(entry)) is { } recipient)
                recipients.Add(recipient);
        }

        return recipients.DrainToImmutable();
    }
}
