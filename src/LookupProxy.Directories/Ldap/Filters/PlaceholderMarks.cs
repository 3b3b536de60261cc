using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>
/// Lets the filter parser read a template: a placeholder becomes a mark of the same length, so that positions stay true.
/// The mark is an escaped octet FF and the rest of the placeholder; FF occurs in no UTF-8, so no value holds it by chance.
/// </summary>
internal static class PlaceholderMarks
{
    public const byte Octet = 0xFF;

    private const string EscapedOctet = @"\ff";

    private static readonly ImmutableArray<(Placeholder Placeholder, string Text)> _texts =
        [(Placeholder.Address, "{address}"), (Placeholder.Local, "{local}"), (Placeholder.Domain, "{domain}")];

    /// <summary>What follows <see cref="Octet"/> in a mark.</summary>
    public static ImmutableArray<(Placeholder Placeholder, ReadOnlyMemory<byte> Tail)> Tails { get; } =
        [.. _texts.Select(static item => (item.Placeholder, (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(item.Text[EscapedOctet.Length..])))];

    /// <param name="count">Placeholders marked.</param>
    public static bool TryMark(string template, [NotNullWhen(true)] out string? marked, out int count, [NotNullWhen(false)] out string? fault)
    {
        marked = null;
        count = 0;
        var taken = template.IndexOf(EscapedOctet, StringComparison.OrdinalIgnoreCase);
        if (taken >= 0)
        {
            fault = FilterTemplate.FaultAt(taken, @"the octet \ff can't occur in an address");
            return false;
        }

        var text = new StringBuilder(template.Length);
        for (var at = 0; at < template.Length;)
        {
            var length = 1;
            if (template[at] is '{')
            {
                length = LengthAt(template, at);
                if (length == 0)
                {
                    fault = FilterTemplate.FaultAt(at, @$"unknown placeholder {Shown(template, at)}; there are {{address}}, {{local}} and {{domain}}, and a brace as such is written \7b");
                    return false;
                }

                text.Append(EscapedOctet).Append(template, at + EscapedOctet.Length, length - EscapedOctet.Length);
                count++;
            }
            else
            {
                text.Append(template[at]);
            }

            at += length;
        }

        marked = text.ToString();
        fault = null;
        return true;
    }

    /// <summary>A parser's fault as the operator knows the text.</summary>
    public static string Unmark(string fault)
    {
        foreach (var (_, text) in _texts)
            fault = fault.Replace(string.Concat(EscapedOctet, text.AsSpan(EscapedOctet.Length)), text, StringComparison.Ordinal);
        return fault;
    }

    private static int LengthAt(string template, int at)
    {
        foreach (var (_, text) in _texts)
        {
            if (string.CompareOrdinal(template, at, text, 0, text.Length) == 0)
                return text.Length;
        }

        return 0;
    }

    private static string Shown(string template, int at)
    {
        var end = template.IndexOf('}', at);
        return end < 0 ? "{" : template[at..(end + 1)];
    }
}
