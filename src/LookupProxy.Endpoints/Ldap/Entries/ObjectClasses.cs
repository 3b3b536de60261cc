using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// Values of objectClass. What a recipient is (user, group, contact) follows its kind; that it takes mail, every mail system's class says of
/// every recipient, whichever of them the gateway's filter asks for.
/// </summary>
internal static class ObjectClasses
{
    private static readonly string[] s_mail = ["inetLocalMailRecipient", "qmailUser", "mailRecipient"];

    private static readonly string[] s_person = ["top", "person", "organizationalPerson"];

    private static readonly ImmutableArray<string> s_mailbox = [.. s_person, "user", "inetOrgPerson", "zimbraAccount", .. s_mail];

    private static readonly ImmutableArray<string> s_alias = [.. s_mailbox, "mailAlias"];

    private static readonly ImmutableArray<string> s_contact = [.. s_person, "contact", .. s_mail];

    private static readonly ImmutableArray<string> s_group = ["top", "group", "groupOfNames", "mailGroup", "mailDistributionList", "zimbraDistributionList", .. s_mail];

    private static readonly ImmutableArray<string> s_publicFolder = ["top", "publicFolder", .. s_mail];

    /// <summary>No recipient's: entries that gateways' filters shut out, or look for elsewhere.</summary>
    private static readonly string[] s_others = ["computer", "container", "organizationalUnit", "domain"];

    private static readonly FrozenSet<string> s_told =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, [.. s_alias, .. s_contact, .. s_group, .. s_publicFolder, .. s_others]);

    public static EntryValues Of(RecipientEntry entry)
    {
        var uniform = OfKind(entry.Kind);
        var extra = entry.Layout.ExtraClasses;
        var real = entry.Published("objectClass");
        if (real.Count > 0)
            return Union(real, s_mail, extra);
        return extra.IsEmpty ? uniform : Union(uniform, extra);
    }

    /// <summary>Whether a recipient's kind tells if it has the class. Of any other (posixAccount) only its directory can.</summary>
    public static bool AreTold(string name) => s_told.Contains(name);

    /// <summary>The class whose name objectCategory bears (MS-ADSC), and the names that Active Directory takes for it in a filter.</summary>
    public static string CategoryOf(RecipientKind kind) => kind switch
    {
        RecipientKind.Group => "Group",
        RecipientKind.PublicFolder => "ms-Exch-Public-Folder",
        _ => "Person",
    };

    private static ImmutableArray<string> OfKind(RecipientKind kind) => kind switch
    {
        RecipientKind.Group => s_group,
        RecipientKind.Contact => s_contact,
        RecipientKind.PublicFolder => s_publicFolder,
        RecipientKind.Alias => s_alias,
        _ => s_mailbox,
    };

    private static ImmutableArray<string> Union(EntryValues first, params ReadOnlySpan<IEnumerable<string>> others)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < first.Count; i++)
            all.Add(first[i]);
        foreach (var other in others)
        {
            foreach (var name in other)
            {
                if (!all.Contains(name, StringComparer.OrdinalIgnoreCase))
                    all.Add(name);
            }
        }

        return all.DrainToImmutable();
    }
}
