namespace LookupProxy.Host.Configuration.Values;

/// <summary>What operators call their directories, namespaces and views: it stands in logs, metrics' labels and URLs.</summary>
internal static class Names
{
    public const string Allowed = "1 to 63 letters, digits, - and _, the first a letter or digit";

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
