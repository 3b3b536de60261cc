using System.Collections.Immutable;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>Values of an attribute. One, the usual number, needs no array.</summary>
internal readonly struct EntryValues
{
    private readonly string? _one;
    private readonly ImmutableArray<string> _many;

    public EntryValues(string? one) => _one = one;

    public EntryValues(ImmutableArray<string> many) => _many = many;

    public int Count
    {
        get
        {
            if (_one is not null)
                return 1;
            return _many.IsDefault ? 0 : _many.Length;
        }
    }

    public string this[int index] => _one ?? _many[index];

    public static implicit operator EntryValues(string? one) => new(one);

    public static implicit operator EntryValues(ImmutableArray<string> many) => new(many);
}
