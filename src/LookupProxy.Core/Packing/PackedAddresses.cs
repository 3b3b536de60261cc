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
        Current = Number.ReadOctets(ref _rest);
        return !Current.IsEmpty;
    }
}
