using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>The attributes of an entry that a search asks for (RFC 4511 4.5.1.8, RFC 3673) and that may leave.</summary>
internal static class AttributeSelection
{
    public const string AllUser = "*";
    public const string AllOperational = "+";

    public static ImmutableArray<LdapAttribute> Apply(RecipientEntry entry, ImmutableArray<string> asked, bool typesOnly)
    {
        var user = asked.IsEmpty || Has(asked, AllUser);
        var operational = Has(asked, AllOperational);
        asked = LongAttributeList.Shorten(asked, entry);
        var selected = ImmutableArray.CreateBuilder<LdapAttribute>(user || operational ? entry.Layout.Attributes.Length : Math.Min(asked.Length, entry.Layout.Attributes.Length));
        if (user || operational)
            AddAll(entry, user, operational, typesOnly, selected);
        // "1.1", "dn" and whatever is not an attribute of the entry select nothing.
        foreach (var description in asked)
        {
            if (description is not (AllUser or AllOperational))
                Add(entry, WithoutRange(description), typesOnly, selected);
        }

        return selected.DrainToImmutable();
    }

    private static void AddAll(RecipientEntry entry, bool user, bool operational, bool typesOnly, ImmutableArray<LdapAttribute>.Builder selected)
    {
        foreach (var attribute in entry.Layout.Attributes)
        {
            if (attribute.IsOperational ? operational : user)
                Add(attribute.Name, attribute.Read(entry), entry, typesOnly, selected);
        }

        if (!user || entry.Recipient is not { } recipient)
            return;
        foreach (var name in recipient.Attributes.Keys)
        {
            if (entry.Layout.Find(name) is null)
                Add(name, entry.Published(name), entry, typesOnly, selected);
        }
    }

    /// <summary>RFC 4511 4.5.2: under the name that it was asked for, where it has several: whoever knows it by that one looks for it there. A number is answered with the name.</summary>
    private static void Add(RecipientEntry entry, string description, bool typesOnly, ImmutableArray<LdapAttribute>.Builder selected)
    {
        var name = entry.Layout.UsualName(description);
        if (IsSelected(selected, name, entry.Layout))
            return;
        var shown = description is [>= '0' and <= '9', ..] || description.Equals(name, StringComparison.OrdinalIgnoreCase) ? name : description;
        if (entry.Layout.Find(name) is { } attribute)
            Add(name, attribute.Read(entry), entry, typesOnly, selected, shown);
        else if (entry.Published(name) is { Count: > 0 } published)
            Add(name, published, entry, typesOnly, selected, shown);
    }

    private static void Add(string name, EntryValues values, RecipientEntry entry, bool typesOnly, ImmutableArray<LdapAttribute>.Builder selected, string? shown = null)
    {
        if (values.Count == 0 || !entry.Layout.MayLeave(name))
            return;
        if (typesOnly)
        {
            selected.Add(new LdapAttribute(shown ?? name, []));
            return;
        }

        var octets = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(values.Count);
        for (var i = 0; i < values.Count; i++)
            octets.Add(Encoding.UTF8.GetBytes(values[i]));
        selected.Add(new LdapAttribute(shown ?? name, octets.MoveToImmutable()));
    }

    private static bool IsSelected(ImmutableArray<LdapAttribute>.Builder selected, string name, EntryLayout layout)
    {
        var hasOthers = !AttributeSynonyms.Of(name).IsEmpty;
        foreach (var attribute in selected)
        {
            if (attribute.Description.Equals(name, StringComparison.OrdinalIgnoreCase) || (hasOthers && layout.UsualName(attribute.Description).Equals(name, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private static bool Has(ImmutableArray<string> asked, string name)
    {
        foreach (var description in asked)
        {
            if (description.Equals(name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Active Directory's clients ask for a range where there may be many values; all of them are in it.</summary>
    public static string WithoutRange(string description) =>
        description.IndexOf(";range=", StringComparison.OrdinalIgnoreCase) is var range and > 0 ? description[..range] : description;
}
