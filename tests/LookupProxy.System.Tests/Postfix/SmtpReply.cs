namespace LookupProxy.SystemTests.Postfix;

/// <summary>A reply as the SMTP client sees it (RFC 5321 4.2).</summary>
/// <param name="Text">The lines after the code, joined by a line feed.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    /// <summary>RFC 3463, such as 5.1.1; empty when the text has none.</summary>
    public string EnhancedCode => Text.Split(' ')[0] is { } first && first.Count(static c => c == '.') == 2 ? first : "";

    public bool IsTemporary => Code / 100 == 4;

    public override string ToString() => $"{Code} {Text}";
}
