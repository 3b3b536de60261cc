using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Ldap.Names;

/// <summary>RFC 4514 3, and what implementations of RFC 2253 4 must still read.</summary>
internal ref struct NameParser(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> s_typeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private ReadOnlySpan<char> _rest = text;

    public bool TryParse([NotNullWhen(true)] out DistinguishedName? name)
    {
        name = null;
        SkipSpaces();
        if (_rest.IsEmpty)
        {
            name = DistinguishedName.Root;
            return true;
        }

        var rdns = ImmutableArray.CreateBuilder<RelativeName>();
        do
        {
            if (!TryParseRelative(out var rdn))
                return false;
            rdns.Add(rdn);
        }
        while (TrySkip(',') || TrySkip(';'));

        if (!_rest.IsEmpty)
            return false;
        name = new DistinguishedName(rdns.DrainToImmutable());
        return true;
    }

    private bool TryParseRelative([NotNullWhen(true)] out RelativeName? rdn)
    {
        rdn = null;
        var attributes = ImmutableArray.CreateBuilder<NameAttribute>(1);
        do
        {
            if (!TryParseType(out var type) || !NameValue.TryParse(ref _rest, out var value))
                return false;
            attributes.Add(new NameAttribute(type, value));
            SkipSpaces();
        }
        while (TrySkip('+'));

        rdn = new RelativeName(attributes.DrainToImmutable());
        return true;
    }

    /// <summary>The type, the <c>=</c> and the spaces around both.</summary>
    private bool TryParseType([NotNullWhen(true)] out string? type)
    {
        type = null;
        SkipSpaces();
        var sign = _rest.IndexOf('=');
        if (sign < 0)
            return false;
        var written = _rest[..sign].TrimEnd(' ');
        if (written.IsEmpty || written.ContainsAnyExcept(s_typeCharacters))
            return false;
        type = written.ToString();
        _rest = _rest[(sign + 1)..];
        SkipSpaces();
        return true;
    }

    private bool TrySkip(char character)
    {
        if (_rest.IsEmpty || _rest[0] != character)
            return false;
        _rest = _rest[1..];
        return true;
    }

    private void SkipSpaces() => _rest = _rest.TrimStart(' ');
}
