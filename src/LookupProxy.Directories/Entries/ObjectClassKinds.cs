using System.Collections.Frozen;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Entries;

/// <summary>What kind of recipient an entry's object classes make it. Descriptive only: no kind is turned away.</summary>
internal static class ObjectClassKinds
{
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

    public static RecipientKind Of(IEnumerable<string> objectClasses)
    {
        var best = _order.Length;
        foreach (var name in objectClasses)
        {
            if (_kinds.TryGetValue(name, out var kind))
                best = Math.Min(best, Array.IndexOf(_order, kind));
        }

        return best < _order.Length ? _order[best] : RecipientKind.Mailbox;
    }
}
