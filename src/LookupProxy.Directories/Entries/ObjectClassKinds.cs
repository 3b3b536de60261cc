using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Entries;

/// <summary>What kind of recipient an entry's object classes make it. Descriptive only: no kind is turned away.</summary>
internal static class ObjectClassKinds
{
    /// <summary>Longer than any name below.</summary>
    private const int MaxLength = 40;

    // A class is looked up by name; where an entry has several that are listed, the first of _order wins (an AD contact is a person too).
    private static readonly RecipientKind[] _order = [RecipientKind.PublicFolder, RecipientKind.Contact, RecipientKind.Group, RecipientKind.Alias];

    private static readonly FrozenDictionary<string, RecipientKind> _kinds = new Dictionary<string, RecipientKind>(StringComparer.OrdinalIgnoreCase)
    {
        // Active Directory
        ["publicFolder"] = RecipientKind.PublicFolder,
        ["contact"] = RecipientKind.Contact,
        ["group"] = RecipientKind.Group,
        ["msExchDynamicDistributionList"] = RecipientKind.Group,
        // RFC 4519, RFC 2307, 389 Directory Server
        ["groupOfNames"] = RecipientKind.Group,
        ["groupOfUniqueNames"] = RecipientKind.Group,
        ["groupOfURLs"] = RecipientKind.Group,
        ["posixGroup"] = RecipientKind.Group,
        ["nisMailAlias"] = RecipientKind.Alias,
        ["mailGroup"] = RecipientKind.Group,
        ["inetMailGroup"] = RecipientKind.Group,
        ["mailAlias"] = RecipientKind.Alias,
        // qmail-ldap, Zimbra, Domino
        ["qmailGroup"] = RecipientKind.Group,
        ["zimbraDistributionList"] = RecipientKind.Group,
        ["zimbraGroup"] = RecipientKind.Group,
        ["zimbraAlias"] = RecipientKind.Alias,
        ["dominoGroup"] = RecipientKind.Group,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, RecipientKind>.AlternateLookup<ReadOnlySpan<char>> _byName = _kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Of a class that tells nothing.</summary>
    public static int NoRank => _order.Length;

    public static RecipientKind Of(IEnumerable<string> objectClasses)
    {
        var best = NoRank;
        foreach (var name in objectClasses)
            best = Math.Min(best, RankOf(name));
        return OfRank(best);
    }

    /// <summary>Of several classes the one with the least rank says what the entry is.</summary>
    /// <param name="objectClass">UTF-8.</param>
    public static int RankOf(ReadOnlySpan<byte> objectClass)
    {
        Span<char> name = stackalloc char[MaxLength];
        return objectClass.Length <= MaxLength && Ascii.ToUtf16(objectClass, name, out var length) == OperationStatus.Done ? RankOf(name[..length]) : NoRank;
    }

    public static RecipientKind OfRank(int rank) => rank < _order.Length ? _order[rank] : RecipientKind.Mailbox;

    private static int RankOf(ReadOnlySpan<char> objectClass) => _byName.TryGetValue(objectClass, out var kind) ? Array.IndexOf(_order, kind) : NoRank;
}
