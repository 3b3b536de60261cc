namespace LookupProxy.Core.Addresses;

/// <summary>Where the local part and the domain of a mailbox lie in its text. Neither is checked yet.</summary>
internal readonly ref struct MailboxParts
{
    private MailboxParts(ReadOnlySpan<char> text, int at, LocalPartForm form)
    {
        LocalPart = text[..at];
        Domain = text[(at + 1)..];
        Form = form;
    }

    public ReadOnlySpan<char> LocalPart { get; }

    public ReadOnlySpan<char> Domain { get; }

    public LocalPartForm Form { get; }

    public static AddressFault Split(ReadOnlySpan<char> text, AddressSyntax syntax, out MailboxParts parts) =>
        syntax == AddressSyntax.Unquoted ? SplitUnquoted(text, out parts) : SplitMailbox(text, out parts);

    private static AddressFault SplitUnquoted(ReadOnlySpan<char> text, out MailboxParts parts)
    {
        parts = default;
        var at = text.LastIndexOf('@');
        if (at <= 0)
            return at < 0 ? AddressFault.NoDomain : AddressFault.LocalPartEmpty;
        var form = LocalPartText.QuotedLength(text) == at ? LocalPartForm.Quoted : LocalPartForm.Raw;
        parts = new MailboxParts(text, at, form);
        return AddressFault.None;
    }

    private static AddressFault SplitMailbox(ReadOnlySpan<char> text, out MailboxParts parts)
    {
        parts = default;
        if (text is ['<', .. var inside, '>'])
            text = inside;
        if (text.IsEmpty)
            return AddressFault.Empty;
        if (text[0] == '@')
        {
            // RFC 5321 4.1.1.3: a server strips the source route; 4.1.2: "@a,@b:".
            var colon = text.IndexOf(':');
            if (colon < 0)
                return AddressFault.LocalPartEmpty;
            text = text[(colon + 1)..];
        }

        var quoted = LocalPartText.QuotedLength(text);
        if (quoted > 0 && quoted < text.Length && text[quoted] != '@')
            return AddressFault.LocalPartSyntax;
        var at = quoted > 0 ? quoted : text.LastIndexOf('@');
        if (at < 0 || at == text.Length)
            return AddressFault.NoDomain;
        if (at == 0)
            return AddressFault.LocalPartEmpty;
        parts = new MailboxParts(text, at, quoted > 0 ? LocalPartForm.Quoted : LocalPartForm.Atoms);
        return AddressFault.None;
    }
}
