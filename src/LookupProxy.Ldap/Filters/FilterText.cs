using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LookupProxy.Ldap.Filters;

/// <summary>RFC 4515: filters to and from text, with the absolute filters <c>(&amp;)</c> and <c>(|)</c> of RFC 4526.</summary>
public static class FilterText
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("*()\\\0");

    /// <summary>Parses as <see cref="FilterTextOptions.Strict"/> says.</summary>
    /// <param name="fault">What is wrong and where, for the person who wrote the filter.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LdapFilter? filter, [NotNullWhen(false)] out string? fault) =>
        TryParse(text, FilterTextOptions.Strict, out filter, out fault);

    public static bool TryParse(
        string text, FilterTextOptions options, [NotNullWhen(true)] out LdapFilter? filter, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        filter = new FilterParser(text, options).Parse(out fault);
        return filter is not null;
    }

    /// <summary>Text that parses to the same filter. Octets that are not UTF-8, and control characters, come out escaped.</summary>
    public static string Format(LdapFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var text = new StringBuilder();
        FilterFormatter.Append(text, filter);
        return text.ToString();
    }

    /// <summary>
    /// An assertion value as text that can stand in a filter (RFC 4515 3): <c>* ( ) \</c> and NUL become <c>\xx</c>, all else stays.
    /// </summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var special = value.AsSpan().IndexOfAny(s_special);
        if (special < 0)
            return value;

        var text = new StringBuilder(value, 0, special, value.Length + 16);
        foreach (var character in value.AsSpan(special))
        {
            if (s_special.Contains(character))
                FilterFormatter.AppendEscaped(text, (byte)character);
            else
                text.Append(character);
        }

        return text.ToString();
    }
}
