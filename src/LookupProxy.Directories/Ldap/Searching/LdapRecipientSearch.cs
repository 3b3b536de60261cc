using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Searching;

/// <summary>
/// Searches of an LDAP directory's recipients, in pages, over a connection of their own. When a server fails the next one is asked from the beginning:
/// the caller knows whom it has seen.
/// </summary>
internal sealed class LdapRecipientSearch(
    LdapDirectoryOptions options, ImmutableArray<ListingServer> servers, ListingQuestion recipients, ListedEntryReader reader, ReferenceJudge references) : IRecipientSearch
{
    private readonly ListingServers _servers = new(servers);
    private readonly SearchPlaces _places = new(options.BaseDns);

    public bool Holds(string name) => _places.Holds(name);

    public async IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var left = servers.Length - 1; ; left--)
        {
            await using var pages = AtOneAsync(question, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(pages, isLast: left == 0) is { } more)
            {
                if (!more)
                    yield break;
                yield return pages.Current;
            }
        }
    }

    /// <summary>Null when another server is to be asked.</summary>
    private static async Task<bool?> MoveNextAsync(IAsyncEnumerator<ImmutableArray<FoundRecipient>> pages, bool isLast)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (ListingException) when (!isLast)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<ImmutableArray<FoundRecipient>> AtOneAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!reader.FindsAddresses)
            throw new ListingException(UnknownReason.NotReady, $"{options.Name}: no item of the filter compares with a whole address, so that recipients cannot be listed");
        var (server, session) = await _servers.OpenAsync(preferred: null, cancellationToken);
        await using var open = session;
        var searches = new ListingSearches(server.Name, session, options.Listing, references);
        var extra = ExtraOf(question);
        var found = 0;
        var isGood = false;
        try
        {
            if (!server.Signs.IsEmpty)
                (await RootDse.ReadAsync(searches, cancellationToken)).RequireCaughtUp(server);
            var doubt = await NobodyDoubt.ForAsync(Parse(question.Filter), extra, searches, cancellationToken);
            foreach (var request in Requests(question, extra))
            {
                await foreach (var page in searches.PagesAsync(request, [], heedReferences: true, cancellationToken))
                {
                    found += page.Count;
                    doubt?.See(page);
                    yield return Read(page, extra);
                }
            }

            if (found == 0)
                await SeeAnybodyAsync(searches, cancellationToken);
            if (doubt is not null)
                await doubt.SettleAsync(options.BaseDns.Select(baseDn => recipients.Recipients(baseDn)), cancellationToken);
            isGood = true;
        }
        finally
        {
            if (!isGood && !cancellationToken.IsCancellationRequested)
                _servers.Failed(server);
        }
    }

    /// <summary>A directory that shows nobody at all, whatever the question, has not said that nobody matches.</summary>
    private async Task SeeAnybodyAsync(ListingSearches searches, CancellationToken cancellationToken)
    {
        foreach (var baseDn in options.BaseDns)
        {
            var (entries, end) = await searches.AskAsync(recipients.Recipients(baseDn) with { SizeLimit = 1, Attributes = ["1.1"] }, [], cancellationToken);
            if (entries.Count > 0)
                return;
            if (ListingFaults.Of(end, baseDn) is { } failure)
                throw failure;
        }

        throw new ListingException(UnknownReason.NotReady, Details.Nobody(options.BaseDns));
    }

    /// <summary>Those of the extra attributes that the filter names.</summary>
    private static ImmutableArray<string> ExtraOf(RecipientQuestion question)
    {
        var named = FilterItems.AttributesOf(Parse(question.Filter)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. question.Extra.Where(named.Contains)];
    }

    private IEnumerable<SearchRequest> Requests(RecipientQuestion question, ImmutableArray<string> extra)
    {
        var known = options.PublishedAttributes.Concat(extra).ToHashSet(StringComparer.OrdinalIgnoreCase);
        known.IntersectWith(question.Decidable.Concat(extra));
        var asked = FilterRelaxation.Relax(Parse(question.Filter), known.Contains);
        foreach (var (baseDn, scope) in _places.For(question))
        {
            var request = asked is null ? recipients.Recipients(baseDn) : recipients.Recipients(baseDn, asked);
            yield return request with { Scope = scope, Attributes = [.. request.Attributes.Union(extra, StringComparer.OrdinalIgnoreCase)] };
        }
    }

    private ImmutableArray<FoundRecipient> Read(List<SearchResultEntry> page, ImmutableArray<string> extra)
    {
        var read = ImmutableArray.CreateBuilder<FoundRecipient>(page.Count);
        foreach (var entry in page)
        {
            if (reader.Read(entry, "") is { } listed)
                read.Add(new FoundRecipient(listed.Addresses, listed.Recipient) { Extra = ValuesOf(entry, extra) });
        }

        return read.DrainToImmutable();
    }

    private static AttributeDictionary ValuesOf(SearchResultEntry entry, ImmutableArray<string> extra) =>
        extra.IsEmpty ? AttributeDictionary.Empty : AttributeDictionary.Of(extra.Select(name => KeyValuePair.Create(name, entry.Texts(name).ToImmutableArray())));

    private static LdapFilter Parse(string text) =>
        FilterText.TryParse(text, out var filter, out var fault) ? filter : throw new ArgumentException($"'{text}': {fault}", nameof(text));
}
