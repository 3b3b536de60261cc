using System.Collections.Immutable;
using System.Globalization;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Names;

/// <summary>RFC 4516 2. Not System.Uri, which folds and rejects what a DN may hold.</summary>
internal static class LdapUrlParser
{
    public static LdapUrl? Parse(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf("://");
        if (colon < 0)
            return null;
        var scheme = text[..colon].ToString().ToLowerInvariant();
        if (scheme is not ("ldap" or "ldaps"))
            return null;

        var rest = text[(colon + 3)..];
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var port = scheme == "ldaps" ? LdapUrl.DefaultTlsPort : LdapUrl.DefaultPort;
        if (!TryParseAuthority(authority, out var host, ref port))
            return null;

        // Some servers leave out the slash before the question mark.
        var path = end < 0 ? [] : rest[end..];
        var parts = (path.StartsWith('/') ? path[1..] : path).ToString().Split('?', 5);
        if (!TryParseScope(parts, out var scope))
            return null;
        return new LdapUrl(scheme, host, port, Uri.UnescapeDataString(parts[0]))
        {
            Attributes = List(parts, 1),
            Scope = scope,
            Filter = parts.Length > 3 && parts[3].Length > 0 ? Uri.UnescapeDataString(parts[3]) : null,
            Extensions = List(parts, 4),
        };
    }

    private static bool TryParseAuthority(ReadOnlySpan<char> authority, out string host, ref int port)
    {
        host = "";
        var bracket = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        var written = colon > bracket ? authority[(colon + 1)..] : [];
        var name = colon > bracket ? authority[..colon] : authority;
        if (written.Length > 0 && (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65535))
            return false;
        if (bracket >= 0)
        {
            if (name[0] != '[' || name[^1] != ']')
                return false;
            name = name[1..^1];
        }
        else if (name.Contains(':'))
        {
            return false;
        }

        host = Uri.UnescapeDataString(name);
        return true;
    }

    private static bool TryParseScope(string[] parts, out SearchScope? scope)
    {
        scope = parts.Length < 3 ? null : parts[2].ToLowerInvariant() switch
        {
            "base" => SearchScope.BaseObject,
            "one" => SearchScope.SingleLevel,
            "sub" => SearchScope.WholeSubtree,
            _ => null,
        };
        return scope is not null || parts.Length < 3 || parts[2].Length == 0;
    }

    private static ImmutableArray<string> List(string[] parts, int index) =>
        parts.Length <= index || parts[index].Length == 0 ? [] : [.. parts[index].Split(',').Select(Uri.UnescapeDataString)];
}
