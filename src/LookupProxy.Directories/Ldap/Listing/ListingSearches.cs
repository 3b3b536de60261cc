using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>The searches of one reading, on one connection. A fault of the connection ends the reading, wherever it occurs.</summary>
internal sealed class ListingSearches(string server, ILdapSession session, LdapListingOptions options, ReferenceJudge references)
{
    /// <summary>As the operator wrote it.</summary>
    public string Server => server;

    public LdapListingOptions Options => options;

    /// <summary>False after answers that were not read to their end.</summary>
    public bool IsUsable => session.IsUsable;

    /// <summary>The server's estimate of the entries of the search under way; null when it gives none.</summary>
    public int? Estimate { get; private set; }

    /// <summary>One search whose responses and end the caller judges.</summary>
    public ILdapResponses Search(SearchRequest request, params ImmutableArray<LdapControl> controls) => session.Search(request, controls, options.Silence);

    /// <summary>All entries, a page at a time and with all values of each. Ends in a <see cref="ListingException"/> or with success on the last page.</summary>
    /// <param name="heedReferences">A part of the tree that lies elsewhere is missing from the whole.</param>
    public async IAsyncEnumerable<List<SearchResultEntry>> PagesAsync(
        SearchRequest request, ImmutableArray<LdapControl> controls, bool heedReferences, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ranges = new RangeReader(this);
        var pages = new LdapPages(session, request, options.PageSize, options.Silence, controls);
        var circle = new PageCircle();
        Estimate = null;
        while (pages.Next() is { } next)
        {
            await using var page = next;
            var entries = new List<SearchResultEntry>();
            var isPartial = false;
            while (await page.ReadAsync(cancellationToken) is { } message)
            {
                if (heedReferences && message.Operation is SearchResultReference reference)
                    Heed(reference, request.BaseObject);
                if (message.Operation is not SearchResultEntry entry)
                    continue;
                if (page.Entries == 1 && circle.Closes(entry.ObjectName))
                    throw new ListingException(UnknownReason.ProtocolError, $"{server} does not page as it should: the same page comes again");
                if (entries.Count >= options.PageSize && !isPartial)
                {
                    // The server has no pages, and gives all in one.
                    yield return entries;
                    entries = [];
                }

                entries.Add(entry);
                isPartial |= RangeReader.IsPartial(entry);
            }

            if (ListingFaults.Of(page.End!, request.BaseObject) is { } failure)
                throw failure;
            await ranges.CompleteAsync(entries, cancellationToken);
            Estimate = pages.Estimate;
            if (entries.Count > 0)
                yield return entries;
        }

        if (ListingFaults.Of(pages.End!, request.BaseObject) is { } last)
            throw last;
    }

    /// <summary>A search for a few entries. Whatever its result: what the server refuses is the caller's to judge.</summary>
    public async Task<(List<SearchResultEntry> Entries, LdapEnd End)> AskAsync(
        SearchRequest request, ImmutableArray<LdapControl> controls, CancellationToken cancellationToken)
    {
        var entries = new List<SearchResultEntry>();
        await using var responses = Search(request, controls);
        while (await responses.ReadAsync(cancellationToken) is { } message)
        {
            if (message.Operation is SearchResultEntry entry)
                entries.Add(entry);
        }

        var end = responses.End!;
        return end.Fault is null ? (entries, end) : throw ListingFaults.Of(end, request.BaseObject)!;
    }

    /// <summary>The attributes of one entry; null when it is not there or not to be seen.</summary>
    public async Task<SearchResultEntry?> FindAsync(string dn, ImmutableArray<string> attributes, ImmutableArray<LdapControl> controls, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(dn, SearchScope.BaseObject, LdapFilter.Anything) { Attributes = attributes };
        var (entries, end) = await AskAsync(request, controls, cancellationToken);
        return end.IsSuccess ? entries.FirstOrDefault() : null;
    }

    /// <exception cref="ListingException">A part of the tree that may hold recipients lies elsewhere.</exception>
    public void Heed(SearchResultReference reference, string baseDn)
    {
        if (references.FirstThatCounts(reference.Uris, baseDn) is { } counts)
            throw new ListingException(UnknownReason.Referral, Details.OfReference(counts, baseDn));
    }
}
