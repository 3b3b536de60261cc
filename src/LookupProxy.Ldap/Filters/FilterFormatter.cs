using System.Collections.Immutable;
using System.Text;

namespace LookupProxy.Ldap.Filters;

internal static class FilterFormatter
{
    public static void Append(StringBuilder text, LdapFilter filter)
    {
        text.Append('(');
        switch (filter)
        {
            case LdapFilter.And and:
                AppendSet(text, '&', and.Operands);
                break;
            case LdapFilter.Or or:
                AppendSet(text, '|', or.Operands);
                break;
            case LdapFilter.Not not:
                AppendSet(text, '!', [not.Operand]);
                break;
            case LdapFilter.Equality equality:
                AppendItem(text, equality.Attribute, "=", equality.Value);
                break;
            case LdapFilter.Substrings substrings:
                AppendSubstrings(text, substrings);
                break;
            case LdapFilter.GreaterOrEqual greater:
                AppendItem(text, greater.Attribute, ">=", greater.Value);
                break;
            case LdapFilter.LessOrEqual less:
                AppendItem(text, less.Attribute, "<=", less.Value);
                break;
            case LdapFilter.Present present:
                text.Append(present.Attribute).Append("=*");
                break;
            case LdapFilter.Approximate approximate:
                AppendItem(text, approximate.Attribute, "~=", approximate.Value);
                break;
            case LdapFilter.Extensible extensible:
                AppendExtensible(text, extensible);
                break;
            default:
                // An Undefined one: RFC 4515 has no text for it. This is OpenLDAP's, for logs only, and does not parse.
                text.Append("?=undefined");
                break;
        }

        text.Append(')');
    }

    public static void AppendEscaped(StringBuilder text, byte octet) =>
        text.Append('\\').Append(HexDigit(octet >> 4)).Append(HexDigit(octet & 0xF));

    private static char HexDigit(int digit) => "0123456789abcdef"[digit];

    private static void AppendSet(StringBuilder text, char sign, ImmutableArray<LdapFilter> operands)
    {
        text.Append(sign);
        foreach (var operand in operands)
            Append(text, operand);
    }

    private static void AppendItem(StringBuilder text, string attribute, string sign, ReadOnlyMemory<byte> value)
    {
        text.Append(attribute).Append(sign);
        AppendValue(text, value.Span);
    }

    private static void AppendSubstrings(StringBuilder text, LdapFilter.Substrings filter)
    {
        text.Append(filter.Attribute).Append('=');
        if (filter.Initial is { } initial)
            AppendValue(text, initial.Span);
        text.Append('*');
        foreach (var piece in filter.Any)
        {
            AppendValue(text, piece.Span);
            text.Append('*');
        }

        if (filter.Final is { } final)
            AppendValue(text, final.Span);
    }

    private static void AppendExtensible(StringBuilder text, LdapFilter.Extensible filter)
    {
        text.Append(filter.Attribute);
        if (filter.DnAttributes)
            text.Append(":dn");
        if (filter.MatchingRule is { } rule)
            text.Append(':').Append(rule);
        text.Append(":=");
        AppendValue(text, filter.Value.Span);
    }

    private static void AppendValue(StringBuilder text, ReadOnlySpan<byte> value)
    {
        Span<char> characters = stackalloc char[2];
        while (value.Length > 0)
        {
            var valid = Rune.DecodeFromUtf8(value, out var rune, out var octets) == System.Buffers.OperationStatus.Done;
            if (valid && !IsEscaped(rune))
            {
                text.Append(characters[..rune.EncodeToUtf16(characters)]);
            }
            else
            {
                foreach (var octet in value[..octets])
                    AppendEscaped(text, octet);
            }

            value = value[octets..];
        }
    }

    private static bool IsEscaped(Rune rune) => rune.Value is '*' or '(' or ')' or '\\' or < 0x20 or 0x7F;
}
