using System.Text;
using System.Text.Unicode;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>caseIgnoreSubstringsMatch (RFC 4517 4.2.13). Numbers and names have no such rule.</summary>
internal static class SubstringMatch
{
    public static Truth Evaluate(LdapFilter.Substrings filter, RecipientEntry entry)
    {
        if (!entry.TryRead(filter.Attribute, out var syntax, out var values) || syntax != ValueSyntax.Text || !IsText(filter))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (Matches(filter, StringMatch.Prepare(values[i])))
                return Truth.True;
        }

        return Truth.False;
    }

    private static bool Matches(LdapFilter.Substrings filter, ReadOnlySpan<char> value)
    {
        if (filter.Initial is { } initial)
        {
            var start = Piece(initial).TrimStart(' ');
            if (!value.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return false;
            value = value[start.Length..];
        }

        var end = filter.Final is { } final ? Piece(final).TrimEnd(' ') : "";
        if (!value.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            return false;
        value = value[..^end.Length];

        foreach (var any in filter.Any)
        {
            var piece = Piece(any);
            var at = value.IndexOf(piece, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;
            value = value[(at + piece.Length)..];
        }

        return true;
    }

    private static string Piece(ReadOnlyMemory<byte> octets) => StringMatch.Squeeze(Encoding.UTF8.GetString(octets.Span));

    private static bool IsText(LdapFilter.Substrings filter)
    {
        var isText = (filter.Initial is not { } initial || Utf8.IsValid(initial.Span)) && (filter.Final is not { } final || Utf8.IsValid(final.Span));
        foreach (var piece in filter.Any)
            isText &= Utf8.IsValid(piece.Span);
        return isText;
    }
}
