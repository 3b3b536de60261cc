using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Entries;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>From an entry to what the rest of the proxy knows of it.</summary>
internal sealed class RecipientReader(string directory, LdapSchema schema, ImmutableArray<string> publishedAttributes)
{
    public const string ObjectClass = "objectClass";

    private const string Mail = "mail";

    /// <summary>All that <see cref="Read"/> looks at; nothing else is asked for.</summary>
    public IEnumerable<string> Attributes =>
    [
        ObjectClass,
        schema.PrimaryAddressAttribute,
        Mail,
        .. schema.DisabledWhen.Select(static rule => rule.Attribute),
        .. schema.DisabledWhen.Select(static rule => rule.KindAttribute).OfType<string>(),
        .. schema.AuthenticatedSendersAttribute is { } attribute ? [attribute] : Array.Empty<string>(),
        .. publishedAttributes,
    ];

    public bool IsDisabled(SearchResultEntry entry) => DisabledAccounts.Match(schema.DisabledWhen, entry);

    public Recipient Read(SearchResultEntry entry) => new()
    {
        Directory = directory,
        Kind = KindOf(entry),
        PrimaryAddress = PrimaryAddress(entry),
        DistinguishedName = entry.ObjectName,
        Disabled = IsDisabled(entry),
        AuthenticatedSendersOnly = IsForAuthenticatedSenders(entry),
        Attributes = Published(entry),
    };

    private string? PrimaryAddress(SearchResultEntry entry)
    {
        string? first = null;
        foreach (var value in entry.Texts(schema.PrimaryAddressAttribute))
        {
            if (MailAddressText.Bare(value) is not { } bare)
                continue;
            if (MailAddressText.IsPrimary(value))
                return bare;
            first ??= bare;
        }

        return first ?? entry.Texts(Mail).First();
    }

    /// <summary>Binary values are left out: no endpoint could show them.</summary>
    private AttributeDictionary Published(SearchResultEntry entry)
    {
        var packer = new AttributePacker();
        foreach (var name in publishedAttributes)
        {
            // A server may answer with the usual name where it was asked for another one of the same attribute.
            var (values, count) = (entry.Values(name), CountTexts(entry.Values(name)));
            if (count == 0 && AttributeSynonyms.Usual(name) is var usual && !usual.Equals(name, StringComparison.OrdinalIgnoreCase))
                (values, count) = (entry.Values(usual), CountTexts(entry.Values(usual)));
            if (count == 0)
                continue;
            packer.Begin(name, count);
            foreach (var value in values)
            {
                if (EntryAttributes.IsText(value))
                    packer.Add(value.Span);
            }
        }

        return packer.Build();
    }

    private static int CountTexts(AttributeValues values)
    {
        var count = 0;
        foreach (var value in values)
            count += EntryAttributes.IsText(value) ? 1 : 0;
        return count;
    }

    private static RecipientKind KindOf(SearchResultEntry entry)
    {
        var rank = ObjectClassKinds.NoRank;
        foreach (var objectClass in entry.Values(ObjectClass))
            rank = Math.Min(rank, ObjectClassKinds.RankOf(objectClass.Span));
        return ObjectClassKinds.OfRank(rank);
    }

    private bool IsForAuthenticatedSenders(SearchResultEntry entry)
    {
        if (schema.AuthenticatedSendersAttribute is not { } attribute)
            return false;
        foreach (var value in entry.Values(attribute))
        {
            if (Ascii.EqualsIgnoreCase(value.Span, "TRUE"u8))
                return true;
        }

        return false;
    }
}
