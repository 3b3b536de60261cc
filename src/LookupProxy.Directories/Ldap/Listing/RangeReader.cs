using System.Collections.Immutable;
using System.Globalization;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>
/// Active Directory gives no more values of an attribute than MaxValRange in one answer, as "proxyAddresses;range=0-1499" (MS-ADTS 3.1.1.3.1.3.3);
/// the others are asked for entry by entry, until a range ends in "*".
/// </summary>
internal sealed class RangeReader(ListingSearches searches)
{
    private const string Option = ";range=";
    private const string Last = "*";

    public static bool IsPartial(SearchResultEntry entry)
    {
        foreach (var attribute in entry.Attributes)
        {
            if (TryReadRange(attribute.Description, out _, out var next) && next is not null)
                return true;
        }

        return false;
    }

    /// <summary>Replaces what is there in part.</summary>
    public async ValueTask CompleteAsync(List<SearchResultEntry> entries, CancellationToken cancellationToken)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (IsPartial(entries[i]))
                entries[i] = await CompleteAsync(entries[i], cancellationToken);
        }
    }

    private async Task<SearchResultEntry> CompleteAsync(SearchResultEntry entry, CancellationToken cancellationToken)
    {
        var attributes = ImmutableArray.CreateBuilder<LdapAttribute>(entry.Attributes.Length);
        foreach (var attribute in entry.Attributes)
        {
            attributes.Add(TryReadRange(attribute.Description, out var name, out var next) && next is { } from
                ? new LdapAttribute(name, await AllValuesAsync(entry, name, attribute.Values, from, cancellationToken))
                : attribute);
        }

        return entry with { Attributes = attributes.DrainToImmutable() };
    }

    private async Task<ImmutableArray<ReadOnlyMemory<byte>>> AllValuesAsync(
        SearchResultEntry entry, string name, ImmutableArray<ReadOnlyMemory<byte>> first, int from, CancellationToken cancellationToken)
    {
        var values = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(first.Length * 2);
        values.AddRange(first);
        for (int? next = from; next is { } start;)
        {
            var range = await RangeAsync(entry, name, start, cancellationToken);
            if (range is not { } got || !TryReadRange(got.Description, out _, out next) || next <= start)
                throw new ListingException(UnknownReason.ProtocolError, $"{Details.Quoted(entry.ObjectName)} has more values of {name} than came, and the server gives none from number {start}");
            values.AddRange(got.Values);
        }

        return values.DrainToImmutable();
    }

    private async Task<LdapAttribute?> RangeAsync(SearchResultEntry entry, string name, int from, CancellationToken cancellationToken)
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{name}{Option}{from}-{Last}");
        var request = new SearchRequest(NameOf(entry), SearchScope.BaseObject, LdapFilter.Anything) { Attributes = [wanted] };
        var (entries, end) = await searches.AskAsync(request, [], cancellationToken);
        if (ListingFaults.Of(end, request.BaseObject) is { } failure)
            throw failure;
        return entries.SelectMany(static found => found.Attributes).FirstOrDefault(found =>
            TryReadRange(found.Description, out var foundName, out _) && foundName.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>By objectGUID where there is one (MS-ADTS 3.1.1.3.1.2.4): the entry may be renamed while it is read.</summary>
    private static string NameOf(SearchResultEntry entry) => EntryIds.GuidOf(entry) is { } id ? $"<GUID={id:D}>" : entry.ObjectName;

    /// <param name="next">The number of the first value that is still to come; null when this range is the last.</param>
    private static bool TryReadRange(string description, out string name, out int? next)
    {
        name = description;
        next = null;
        var at = description.IndexOf(Option, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return false;
        name = description[..at];
        var bounds = description.AsSpan(at + Option.Length);
        var dash = bounds.IndexOf('-');
        if (dash < 0)
            return false;
        var last = bounds[(dash + 1)..];
        if (last.SequenceEqual(Last))
            return true;
        if (!int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        next = number + 1;
        return true;
    }
}
