using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LookupProxy.Core.Packing;

/// <summary>Writes recipients in the form that <see cref="PackedRecipient"/> reads.</summary>
internal sealed class RecipientPacker(bool ignoreCase)
{
    private readonly ArrayBufferWriter<byte> _scratch = new(256);
    private RecipientDetails _details = new();
    private PackedFlags _flags;
    private bool _hasAddress;

    public void Begin(RecipientDetails details)
    {
        _details = details;
        _hasAddress = false;
        _flags = (details.Disabled ? PackedFlags.Disabled : PackedFlags.None)
            | (details.AuthenticatedSendersOnly ? PackedFlags.Authenticated : PackedFlags.None)
            | (details.IsPartial ? PackedFlags.Partial : PackedFlags.None)
            | (details.PrimaryAddress is null ? PackedFlags.None : PackedFlags.Primary)
            | (details.DistinguishedName is null ? PackedFlags.None : PackedFlags.Name)
            | (details.Id is null ? PackedFlags.None : PackedFlags.Id);
        _scratch.ResetWrittenCount();
        _scratch.Write<byte>([(byte)details.Kind, 0]);
        if (details.Id is not { } id)
            return;
        BinaryPrimitives.WriteUInt64LittleEndian(_scratch.GetSpan(sizeof(ulong)), id);
        _scratch.Advance(sizeof(ulong));
    }

    public void Add(ReadOnlySpan<byte> address)
    {
        if (!_hasAddress && IsPrimary(address))
            _flags = (_flags & ~PackedFlags.Primary) | PackedFlags.PrimaryFirst;
        _hasAddress = true;
        WriteNumber(address.Length);
        _scratch.Write(address);
    }

    /// <summary>True when this recipient has that address already.</summary>
    public bool Has(ReadOnlySpan<byte> address)
    {
        var at = (_details.Id is null ? 0 : sizeof(ulong)) + 2;
        for (var rest = _scratch.WrittenSpan[at..]; !rest.IsEmpty;)
        {
            if (RecipientMatches.AreSame(Number.ReadOctets(ref rest), address, ignoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The whole recipient, until the next begins. Empty when it has no address.</summary>
    public ReadOnlySpan<byte> End()
    {
        if (!_hasAddress)
            return default;
        _scratch.Write<byte>([0]);
        if (_flags.HasFlag(PackedFlags.Primary))
            WriteText(_details.PrimaryAddress!);
        if (_details.DistinguishedName is { } name)
            WriteText(name);
        foreach (var (attribute, value) in _details.Attributes)
        {
            WriteNumber(attribute);
            WriteText(value);
        }

        var whole = MemoryMarshal.AsMemory(_scratch.WrittenMemory).Span;
        whole[1] = (byte)_flags;
        return whole;
    }

    private bool IsPrimary(ReadOnlySpan<byte> address)
    {
        Span<byte> buffer = stackalloc byte[AddressKey.MaxLength];
        return _details.PrimaryAddress is { } primary && AddressKey.Octets(primary, buffer).SequenceEqual(address);
    }

    private void WriteText(string text)
    {
        WriteNumber(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _scratch);
    }

    private void WriteNumber(int number) => _scratch.Advance(Number.Write(_scratch.GetSpan(Number.MaxSize), number));
}
