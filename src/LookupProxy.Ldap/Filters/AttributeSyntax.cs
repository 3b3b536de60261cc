using System.Buffers;

namespace LookupProxy.Ldap.Filters;

/// <summary>Attribute descriptions and matching rules (RFC 4512 2.5, 1.4), with the underscore that some schemas have.</summary>
public static class AttributeSyntax
{
    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.;");

    public static bool IsDescription(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(s_allowed);
}
