using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>The one spelling under which all spellings of an account's name are the same.</summary>
public static class AccountName
{
    public static bool IsDistinguishedName(string name) => DistinguishedName.TryParse(name, out var parsed) && !parsed.IsRoot;

    /// <summary>Active Directory's down-level logon name, <c>DOMAIN\user</c>.</summary>
    public static bool IsLogonName(string name) => name.Contains('\\', StringComparison.Ordinal) && !IsDistinguishedName(name);

    /// <summary>Names that are no DN (user@domain, DOMAIN\user) are compared without regard to case, as Active Directory does.</summary>
    public static string Normalise(string name) =>
        DistinguishedName.TryParse(name, out var parsed) && !parsed.IsRoot ? parsed.ToString() : name.ToLowerInvariant();
}
