using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap;

/// <summary>For the configuration check: what is wrong with a setting, for the operator; null when nothing is.</summary>
public static class LdapOptionsCheck
{
    public static string? FilterFault(string filter) => FilterTemplate.TryParse(filter, out _, out var fault) ? null : fault;

    public static string? ListFilterFault(string filter) => FilterText.TryParse(filter, out _, out var fault) ? null : fault;

    /// <param name="baseDn">Empty for the whole of a global catalog.</param>
    public static string? BaseDnFault(string baseDn) => DistinguishedName.TryParse(baseDn, out _) ? null : "it is no distinguished name (dc=contoso,dc=example)";

    /// <summary>An attribute's name (RFC 4512 2.5) without options.</summary>
    public static string? AttributeFault(string attribute) =>
        attribute.Length > 0 && (char.IsAsciiLetter(attribute[0]) || char.IsAsciiDigit(attribute[0]))
            && attribute.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? null
            : $"\"{attribute}\" is no attribute name";
}
