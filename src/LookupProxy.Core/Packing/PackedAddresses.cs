namespace LookupProxy.Core.Packing;

/// <summary>The addresses of a packed recipient, for foreach.</summary>
public ref struct PackedAddresses
{
    private ReadOnlySpan<byte> _rest;

    internal PackedAddresses(ReadOnlySpan<byte> from) => _rest = from;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly PackedAddresses GetEnumerator() => this;

    public bool MoveNext()
    {
        var length = Number.Read(ref _rest);
        Current = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }
}
