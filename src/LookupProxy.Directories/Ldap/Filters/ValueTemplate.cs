using System.Collections.Immutable;
using System.Text;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>An assertion value with its placeholders found.</summary>
internal sealed class ValueTemplate
{
    private readonly ImmutableArray<Part> _parts;
    private readonly ReadOnlyMemory<byte> _before;
    private readonly ReadOnlyMemory<byte> _behind;

    private ValueTemplate(ImmutableArray<Part> parts)
    {
        _parts = parts;
        Placeholders = parts.Count(static part => part.Placeholder is not null);
        _before = parts is [{ Placeholder: null }, ..] ? parts[0].Literal : default;
        _behind = parts is [_, .., { Placeholder: null }] ? parts[^1].Literal : default;
        Holds = MiddleOf(parts.AsSpan());
    }

    public int Placeholders { get; }

    /// <summary>What a value that was made by this template tells of the address; null when it cannot be told apart.</summary>
    public Placeholder? Holds { get; }

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

    /// <summary>The way back, from a value to what <see cref="Holds"/> says; what is fixed is compared without regard to case, as directories do.</summary>
    public bool TryTurnRound(ReadOnlyMemory<byte> value, out ReadOnlyMemory<byte> held)
    {
        held = default;
        if (Holds is null || value.Length <= _before.Length + _behind.Length)
            return false;
        if (!Ascii.EqualsIgnoreCase(value.Span[.._before.Length], _before.Span) || !Ascii.EqualsIgnoreCase(value.Span[^_behind.Length..], _behind.Span))
            return false;
        held = value[_before.Length..^_behind.Length];
        return true;
    }

    private static Placeholder? MiddleOf(ReadOnlySpan<Part> parts)
    {
        if (parts is [{ Placeholder: null }, ..])
            parts = parts[1..];
        if (parts is [.., { Placeholder: null }])
            parts = parts[..^1];
        return parts switch
        {
            [{ Placeholder: { } only }] => only,
            [{ Placeholder: Placeholder.Local }, { Placeholder: null } at, { Placeholder: Placeholder.Domain }] when at.Literal.Span.SequenceEqual("@"u8) => Placeholder.Address,
            _ => null,
        };
    }

    private readonly record struct Part(ReadOnlyMemory<byte> Literal, Placeholder? Placeholder)
    {
        public ReadOnlyMemory<byte> Octets(AddressForm form) => Placeholder is { } placeholder ? form[placeholder] : Literal;
    }
}
