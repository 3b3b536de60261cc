namespace LookupProxy.Ldap.Client.Connections;

/// <summary>Text that a peer chose, made fit for a log.</summary>
internal static class PeerText
{
    private const int MaxLength = 256;

    public static string Printable(string text)
    {
        var kept = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return string.Create(kept.Length, kept, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }).TrimEnd();
    }
}
