using System.Text;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>Equalities that fail and prove nothing, for what is compared is not what the recipient's directory would say.</summary>
internal static class MismatchDoubt
{
    private const string ObjectClass = "objectClass";

    public static bool IsOpen(string attribute, EntryValues values, ReadOnlySpan<byte> assertion, RecipientEntry entry)
    {
        var known = entry.Layout.Find(attribute);
        if (known is { Name: ObjectClass })
            return entry.Published(ObjectClass).Count == 0 && !ObjectClasses.AreTold(Encoding.UTF8.GetString(assertion).Trim(' '));
        // By a name of ours no directory knows its groups, though who asks may have it from a search here.
        return values.Count > 0
            && known is null or { Source: not null }
            && DistinguishedName.TryParse(Encoding.UTF8.GetString(assertion), out var name)
            && entry.Layout.Names.TryReadAddress(name, out _);
    }
}
