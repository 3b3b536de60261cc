using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>
/// objectCategory: Active Directory takes the name of a class for the DN of its default category (MS-ADTS 3.1.1.3.1.3.5), which is the same
/// for users and contacts. A DN is compared by its first component: the client writes its own forest's.
/// </summary>
internal static class CategoryMatch
{
    public static Truth Evaluate(EntryValues values, ReadOnlySpan<byte> assertion)
    {
        if (!StringMatch.TryPrepare(assertion, out var text))
            return Truth.Undefined;
        var wanted = text;
        if (text.Contains('='))
        {
            if (!DistinguishedName.TryParse(text, out var name) || name.IsRoot)
                return Truth.Undefined;
            wanted = name.Rdns[0].Attributes[0].Value;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (DistinguishedName.TryParse(values[i], out var value) && !value.IsRoot && Same(value.Rdns[0].Attributes[0].Value, CategoryOf(wanted)))
                return Truth.True;
        }

        return Truth.False;
    }

    private static string CategoryOf(string name) => name.ToUpperInvariant() switch
    {
        "USER" or "CONTACT" or "INETORGPERSON" or "ORGANIZATIONALPERSON" => "Person",
        "PUBLICFOLDER" => "ms-Exch-Public-Folder",
        _ => name,
    };

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
