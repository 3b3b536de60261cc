using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>What stays when an entry is renamed: Active Directory's objectGUID, RFC 4530's entryUUID, 389 Directory Server's nsUniqueId; else the DN.</summary>
internal static class EntryIds
{
    public const string ObjectGuid = "objectGUID";
    private const string EntryUuid = "entryUUID";
    private const string NsUniqueId = "nsUniqueId";
    private const int GuidOctets = 16;

    public static ImmutableArray<string> Attributes { get; } = [ObjectGuid, EntryUuid, NsUniqueId];

    public static string Of(SearchResultEntry entry) =>
        GuidOf(entry) is { } guid ? Of(guid)
        : First(entry, EntryUuid) ?? First(entry, NsUniqueId) ?? entry.ObjectName.ToLowerInvariant();

    public static string Of(Guid id) => id.ToString("D");

    /// <returns>Null when it has no objectGUID.</returns>
    public static Guid? GuidOf(SearchResultEntry entry)
    {
        foreach (var value in entry.Values(ObjectGuid))
        {
            if (value.Length == GuidOctets)
                return new Guid(value.Span);
        }

        return null;
    }

    private static string? First(SearchResultEntry entry, string attribute) => entry.Texts(attribute).FirstOrDefault()?.ToLowerInvariant();
}
