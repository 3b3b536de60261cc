using System.Collections.Immutable;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>An assertion value with its placeholders found.</summary>
internal sealed class ValueTemplate
{
    private readonly ImmutableArray<Part> _parts;

    private ValueTemplate(ImmutableArray<Part> parts)
    {
        _parts = parts;
        Placeholders = parts.Count(static part => part.Placeholder is not null);
    }

    public int Placeholders { get; }

    /// <param name="marked">Octets as parsed from text that <see cref="PlaceholderMarks"/> prepared.</param>
    public static ValueTemplate Parse(ReadOnlyMemory<byte> marked)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        while (marked.Span.IndexOf(PlaceholderMarks.Octet) is var at && at >= 0)
        {
            if (at > 0)
                parts.Add(new(marked[..at], null));
            marked = marked[(at + 1)..];
            var (placeholder, tail) = PlaceholderMarks.Tails.First(mark => marked.Span.StartsWith(mark.Tail.Span));
            parts.Add(new(default, placeholder));
            marked = marked[tail.Length..];
        }

        if (!marked.IsEmpty || parts.Count == 0)
            parts.Add(new(marked, null));
        return new(parts.ToImmutable());
    }

    public ReadOnlyMemory<byte> Fill(AddressForm form)
    {
        if (_parts is [var only])
            return only.Octets(form);

        var length = 0;
        foreach (var part in _parts)
            length += part.Octets(form).Length;

        var octets = new byte[length];
        var written = 0;
        foreach (var part in _parts)
        {
            var source = part.Octets(form);
            source.CopyTo(octets.AsMemory(written));
            written += source.Length;
        }

        return octets;
    }

    private readonly record struct Part(ReadOnlyMemory<byte> Literal, Placeholder? Placeholder)
    {
        public ReadOnlyMemory<byte> Octets(AddressForm form) => Placeholder is { } placeholder ? form[placeholder] : Literal;
    }
}
