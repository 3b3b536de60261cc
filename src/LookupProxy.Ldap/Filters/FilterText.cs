using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Ldap.Filters;

/// <summary>RFC 4515: filters to and from text.</summary>
public static class FilterText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out LdapFilter? filter, [NotNullWhen(false)] out string? fault) => throw new NotSupportedException();

    public static string Format(LdapFilter filter) => throw new NotSupportedException();

    /// <summary>An assertion value as text that can stand in a filter (RFC 4515 3).</summary>
    public static string Escape(string value) => throw new NotSupportedException();
}
