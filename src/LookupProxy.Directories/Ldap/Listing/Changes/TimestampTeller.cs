using System.Globalization;
using System.Text;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>
/// modifyTimestamp (RFC 4512 3.4.4), Active Directory's whenChanged. The mark is the latest one that the server has shown, never later than our own
/// clock; what was changed some time before it is read again. Deletions leave no trace.
/// </summary>
internal sealed class TimestampTeller(TimeProvider time) : IChangeTeller
{
    private const string Format = "yyyyMMddHHmmss";

    public string Method => "modifyTimestamp";

    public bool HasNoPages => false;

    public bool IsOffered(RootDse rootDse) => true;

    public Task<IAsyncEnumerable<ListingBatch>?> BeginFullAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        var latest = new Latest(AttributeOf(scope), time.GetUtcNow());
        var question = scope.Question.With(AttributeOf(scope));
        return Task.FromResult<IAsyncEnumerable<ListingBatch>?>((scope with { Question = question }).AllAsync(() => Mark(scope, latest), tellsGone: false, latest.Note, cancellationToken));
    }

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginChangesAsync(ListingScope scope, ListingMark mark, CancellationToken cancellationToken)
    {
        // A replica may get tomorrow what was changed yesterday elsewhere.
        if (scope.Seal.ServerOf(mark) != scope.Searches.Server
            || !scope.Seal.TryRead(mark, static reader => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), out var last))
            return null;
        var latest = new Latest(AttributeOf(scope), time.GetUtcNow()) { Seen = last };
        var text = (last - scope.Searches.Options.TimestampOverlap).ToString(Format, CultureInfo.InvariantCulture);
        // ".0" is for Active Directory, which wants a fraction (MS-ADTS 3.1.1.2.2.2.11); RFC 4517 3.3.13 lets others take it.
        var since = new LdapFilter.GreaterOrEqual(AttributeOf(scope), Encoding.ASCII.GetBytes(text + (scope.RootDse.IsActiveDirectory ? ".0Z" : "Z")));
        var changed = new ChangedEntries(scope);
        if (!await changed.GatherAsync(new ChangeSearch(since) { Attributes = [AttributeOf(scope)], Note = latest.Note }, cancellationToken))
            return null;
        return changed.TellAsync([since], Mark(scope, latest)!, tellsGone: false, cancellationToken);
    }

    private static string AttributeOf(ListingScope scope) => scope.RootDse.IsActiveDirectory ? "whenChanged" : "modifyTimestamp";

    /// <returns>Null when no entry showed a time.</returns>
    private ListingMark? Mark(ListingScope scope, Latest latest) =>
        latest.Seen is { } seen ? scope.Seal.Write(Method, scope.Searches.Server, writer => writer.Write(seen.UtcTicks)) : null;

    /// <param name="limit">A clock elsewhere that goes fast would hide what is changed until then.</param>
    private sealed class Latest(string attribute, DateTimeOffset limit)
    {
        public DateTimeOffset? Seen { get; set; }

        public void Note(SearchResultEntry entry)
        {
            if (entry.Texts(attribute).FirstOrDefault() is not { Length: > 14 } text
                || !DateTimeOffset.TryParseExact(text.AsSpan(0, Format.Length), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return;
            if (at > limit)
                at = limit;
            if (Seen is null || at > Seen)
                Seen = at;
        }
    }
}
