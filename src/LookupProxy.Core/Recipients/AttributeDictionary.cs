using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LookupProxy.Core.Packing;

namespace LookupProxy.Core.Recipients;

/// <summary>
/// Attributes of a recipient by name, without regard to case, each with its values. Kept as octets and read when they are asked for:
/// a cache holds hundreds of thousands, and as strings and arrays they would be most of what the garbage collector has to move.
/// </summary>
public sealed class AttributeDictionary : IReadOnlyDictionary<string, ImmutableArray<string>>
{
    // For each attribute its name, the number of its values, and these; texts in UTF-8 with their length before them (Number).
    private readonly byte[] _octets;

    internal AttributeDictionary(ReadOnlySpan<byte> octets) => _octets = octets.ToArray();

    public static AttributeDictionary Empty { get; } = new([]);

    public bool IsEmpty => _octets.Length == 0;

    public int Count
    {
        get
        {
            var count = 0;
            for (var rest = Octets; TryNext(ref rest, out _, out _);)
                count++;
            return count;
        }
    }

    public IEnumerable<string> Keys => this.Select(static attribute => attribute.Key);

    public IEnumerable<ImmutableArray<string>> Values => this.Select(static attribute => attribute.Value);

    public ImmutableArray<string> this[string key] => TryGetValue(key, out var values) ? values : throw new KeyNotFoundException($"no attribute {key}");

    private ReadOnlySpan<byte> Octets => _octets;

    /// <param name="attributes">No name twice.</param>
    public static AttributeDictionary Of(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> attributes)
    {
        var packer = new AttributePacker();
        foreach (var (name, values) in attributes)
        {
            packer.Begin(name, values.Length);
            foreach (var value in values)
                packer.Add(value);
        }

        return packer.Build();
    }

    public bool ContainsKey(string key) => TryFind(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        var found = TryFind(key, out var values);
        value = found ? Decode(values) : default;
        return found;
    }

    public IEnumerator<KeyValuePair<string, ImmutableArray<string>>> GetEnumerator()
    {
        for (var at = 0; at < _octets.Length;)
            yield return Decode(ref at);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryFind(string name, out ReadOnlySpan<byte> values)
    {
        for (var rest = Octets; TryNext(ref rest, out var other, out values);)
        {
            if (IsSame(other, name))
                return true;
        }

        values = default;
        return false;
    }

    private KeyValuePair<string, ImmutableArray<string>> Decode(ref int at)
    {
        var rest = Octets[at..];
        TryNext(ref rest, out var name, out var values);
        at = _octets.Length - rest.Length;
        return KeyValuePair.Create(Encoding.UTF8.GetString(name), Decode(values));
    }

    /// <param name="values">From their number on.</param>
    private static ImmutableArray<string> Decode(ReadOnlySpan<byte> values)
    {
        var decoded = ImmutableArray.CreateBuilder<string>(Number.Read(ref values));
        while (decoded.Count < decoded.Capacity)
            decoded.Add(Encoding.UTF8.GetString(Number.ReadOctets(ref values)));
        return decoded.MoveToImmutable();
    }

    /// <param name="rest">From a name on; then from the next one on.</param>
    /// <param name="values">From their number on, and beyond them.</param>
    private static bool TryNext(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> values)
    {
        name = values = default;
        if (rest.IsEmpty)
            return false;
        name = Number.ReadOctets(ref rest);
        values = rest;
        for (var left = Number.Read(ref rest); left > 0; left--)
            Number.ReadOctets(ref rest);
        return true;
    }

    private static bool IsSame(ReadOnlySpan<byte> octets, string name) =>
        Ascii.EqualsIgnoreCase(octets, name)
        || (!Ascii.IsValid(name) && string.Equals(Encoding.UTF8.GetString(octets), name, StringComparison.OrdinalIgnoreCase));
}
