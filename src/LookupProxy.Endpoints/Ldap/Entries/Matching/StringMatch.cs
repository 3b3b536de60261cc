using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>caseIgnoreMatch and its kin (RFC 4517 4.2.11, RFC 4518): letter case, how marks are put on letters, spaces around and how many stand together do not count.</summary>
internal static class StringMatch
{
    /// <summary>Undefined when the assertion is not UTF-8, or empty (RFC 4517 3.3.6 has no empty string).</summary>
    public static Truth Equal(ReadOnlySpan<char> value, ReadOnlySpan<byte> assertion)
    {
        if (assertion.IsEmpty)
            return Truth.Undefined;
        if (Ascii.EqualsIgnoreCase(assertion, value))
            return Truth.True;
        if (Ascii.IsValid(assertion) && !assertion.Contains((byte)' ') && !value.Contains(' '))
            return Truth.False;
        return TryPrepare(assertion, out var text) ? FilterEvaluator.Of(Prepare(value).Equals(text, StringComparison.OrdinalIgnoreCase)) : Truth.Undefined;
    }

    public static bool TryPrepare(ReadOnlySpan<byte> assertion, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(assertion) ? Prepare(Encoding.UTF8.GetString(assertion)) : null;
        return text is not null;
    }

    public static string Prepare(ReadOnlySpan<char> value) => Squeeze(value.Trim(' '));

    /// <summary>Runs of spaces become one, letters with marks what they are when written as one character.</summary>
    public static string Squeeze(ReadOnlySpan<char> value)
    {
        if (!Ascii.IsValid(value))
            value = NormalForm.ToNfc(value);
        if (!value.Contains("  ", StringComparison.Ordinal))
            return value.ToString();
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (character != ' ' || text.Length == 0 || text[^1] != ' ')
                text.Append(character);
        }

        return text.ToString();
    }
}
