using System.Collections.Frozen;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.File.Reading;

/// <summary>The kinds that a list or a CSV file may name.</summary>
internal static class KindNames
{
    public const string Allowed = "mailbox, group, contact, publicFolder or alias";

    private static readonly FrozenDictionary<string, RecipientKind> _kinds = new Dictionary<string, RecipientKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["mailbox"] = RecipientKind.Mailbox,
        ["group"] = RecipientKind.Group,
        ["contact"] = RecipientKind.Contact,
        ["publicFolder"] = RecipientKind.PublicFolder,
        ["alias"] = RecipientKind.Alias,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool TryRead(string name, out RecipientKind kind) => _kinds.TryGetValue(name, out kind);
}
