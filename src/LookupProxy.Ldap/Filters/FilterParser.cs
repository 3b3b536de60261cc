using System.Collections.Immutable;

namespace LookupProxy.Ldap.Filters;

/// <summary>Recursive descent over RFC 4515 3. The first fault stops it: every method returns null after one.</summary>
internal ref struct FilterParser(ReadOnlySpan<char> text, FilterTextOptions options)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly FilterTextOptions _options = options;
    private int _position;
    private int _nodes;
    private string? _fault;

    private readonly char Current => _position < _text.Length ? _text[_position] : '\0';

    public LdapFilter? Parse(out string? fault)
    {
        SkipSpaces();
        var bare = _options.OuterParenthesesOptional && Current != '(';
        var filter = bare ? ParseComponent(depth: 1) : ParseFilter(depth: 1);
        SkipSpaces();
        if (filter is not null && _position < _text.Length)
            filter = Fail("something follows the filter");
        fault = _fault;
        return filter;
    }

    private LdapFilter? ParseFilter(int depth)
    {
        if (!TrySkip('('))
            return Fail("'(' is missing");
        SkipSpaces();
        var filter = ParseComponent(depth);
        if (filter is null)
            return null;
        return TrySkip(')') ? filter : Fail("')' is missing");
    }

    private LdapFilter? ParseComponent(int depth)
    {
        if (depth > _options.MaxDepth)
            return Fail($"nested deeper than {_options.MaxDepth} levels");
        if (++_nodes > _options.MaxNodes)
            return Fail($"more than {_options.MaxNodes} components");

        switch (Current)
        {
            case '&':
                return ParseList(depth) is { IsDefault: false } all ? new LdapFilter.And(all) : null;
            case '|':
                return ParseList(depth) is { IsDefault: false } some ? new LdapFilter.Or(some) : null;
            case '!':
                return ParseNot(depth);
            default:
                return ParseItem();
        }
    }

    /// <summary>The sign and any number of filters, also none (RFC 4526). Default after a fault.</summary>
    private ImmutableArray<LdapFilter> ParseList(int depth)
    {
        _position++;
        var operands = ImmutableArray.CreateBuilder<LdapFilter>();
        for (SkipSpaces(); Current == '('; SkipSpaces())
        {
            if (ParseFilter(depth + 1) is not { } operand)
                return default;
            operands.Add(operand);
        }

        return operands.DrainToImmutable();
    }

    private LdapFilter.Not? ParseNot(int depth)
    {
        _position++;
        SkipSpaces();
        if (ParseFilter(depth + 1) is not { } operand)
            return null;
        SkipSpaces();
        return new LdapFilter.Not(operand);
    }

    private LdapFilter? ParseItem()
    {
        var start = _position;
        var sign = _text[start..].IndexOfAny("=()");
        if (sign < 0 || _text[start + sign] != '=')
            return Fail(sign == 0 ? "a component is empty" : "'=' is missing");

        var left = _text.Slice(start, sign);
        _position = start + sign + 1;
        var value = TakeValue();
        var item = FilterItem.Parse(left, value, _options, ref _nodes, out var fault);
        return item ?? Fail(fault!, start);
    }

    /// <summary>Up to the next parenthesis that is not escaped.</summary>
    private ReadOnlySpan<char> TakeValue()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is not ('(' or ')'))
            _position += _text[_position] == '\\' ? 2 : 1;
        _position = Math.Min(_position, _text.Length);
        return _text[start.._position];
    }

    private bool TrySkip(char character)
    {
        if (_position >= _text.Length || _text[_position] != character)
            return false;
        _position++;
        return true;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
            _position++;
    }

    private LdapFilter? Fail(string fault) => Fail(fault, _position);

    private LdapFilter? Fail(string fault, int position)
    {
        _fault ??= $"{fault}, at character {position + 1}";
        return null;
    }
}
