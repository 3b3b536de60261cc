using System.Buffers;
using System.Text;

namespace LookupProxy.Endpoints.Policy;

/// <summary>
/// One reply, compiled once: "action=", the operator's text with its placeholders, an empty line. Constant ones are one copy.
/// Whatever is put in is made safe: one line, no control characters, valid UTF-8 (Postfix discards a reply that is not), of bounded length.
/// </summary>
internal sealed class PolicyReply
{
    /// <summary>Below Postfix's line_length_limit (2048), over which it discards the reply.</summary>
    public const int MaxActionBytes = 1000;

    private static readonly Rune Replacement = new('?');

    private readonly byte[]? _constant;
    private readonly PolicyReplyPart[] _parts;

    private PolicyReply(PolicyReplyPart[] parts, string outcome, bool passes)
    {
        _parts = parts;
        Outcome = outcome;
        Passes = passes;
        if (Array.TrueForAll(parts, static part => part.Placeholder == PolicyPlaceholder.None))
            _constant = Encoding.UTF8.GetBytes($"action={string.Concat(parts.Select(static part => part.Text))}\n\n");
    }

    public string Outcome { get; }

    /// <summary>It turns nobody away.</summary>
    public bool Passes { get; }

    /// <param name="template">One that <see cref="PolicyReplyRules"/> finds no fault with.</param>
    public static PolicyReply Compile(string template, string outcome) => new([.. PolicyReplyPart.Split(template)], outcome, PolicyReplyRules.Passes(template));

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<char> address, ReadOnlySpan<char> domain, string reason)
    {
        if (_constant is not null)
        {
            output.Write(_constant);
            return;
        }

        var span = output.GetSpan("action="u8.Length + MaxActionBytes + 2);
        "action="u8.CopyTo(span);
        var length = "action="u8.Length;
        var limit = length + MaxActionBytes;
        foreach (var part in _parts)
        {
            var text = part.Placeholder switch
            {
                PolicyPlaceholder.Address => address,
                PolicyPlaceholder.Domain => domain,
                PolicyPlaceholder.Reason => reason,
                _ => part.Text,
            };
            length = Append(text, span[..limit], length);
        }

        span[length++] = (byte)'\n';
        span[length++] = (byte)'\n';
        output.Advance(length);
    }

    private static int Append(ReadOnlySpan<char> text, Span<byte> span, int length)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // U+FFFD stands for what was no valid text.
            var safe = Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is 0x2028 or 0x2029 ? Replacement : rune;
            if (!safe.TryEncodeToUtf8(span[length..], out var written))
                return length;
            length += written;
        }

        return length;
    }
}
