using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>Distinguished names as text: in small letters, without spaces behind commas.</summary>
internal static class ScriptedName
{
    public static string Normalise(string dn) => dn.Replace(", ", ",", StringComparison.Ordinal).ToLowerInvariant();

    public static bool InScope(string dn, string searchBase, SearchScope scope) => scope switch
    {
        SearchScope.BaseObject => dn == searchBase,
        SearchScope.SingleLevel => IsUnder(dn, searchBase) && dn[(dn.IndexOf(',') + 1)..] == searchBase,
        _ => IsUnder(dn, searchBase),
    };

    public static bool IsUnder(string dn, string ancestor) =>
        ancestor.Length == 0 || dn == ancestor || dn.EndsWith("," + ancestor, StringComparison.Ordinal);
}
