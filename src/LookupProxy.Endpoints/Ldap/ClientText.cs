using System.Globalization;

namespace LookupProxy.Endpoints.Ldap;

/// <summary>Text that a client chose, as far as a log line and a diagnostic message should hold it.</summary>
internal static class ClientText
{
    /// <summary>Of an attribute's or a matching rule's name.</summary>
    private const int UsualLength = 64;

    /// <param name="most">Characters.</param>
    public static string Show(string text, int most = UsualLength)
    {
        var shown = text.Length > most ? text[..most] : text;
        return shown.Any(IsUnsafe) ? string.Concat(shown.Select(static c => IsUnsafe(c) ? '?' : c)) : shown;
    }

    /// <summary>What commands a terminal that the log is read on, or turns what follows around.</summary>
    private static bool IsUnsafe(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
