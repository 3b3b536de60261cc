using System.Numerics;
using System.Runtime.Intrinsics;

namespace LookupProxy.Endpoints.Policy;

/// <summary>
/// Cuts bytes into lines and tells of each whether an equals sign is in it, 64 bytes at a step: a request has some thirty short lines, too short for a
/// search in each to pay.
/// </summary>
internal ref struct AttributeLines(ReadOnlySpan<byte> bytes)
{
    private const int Step = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _block = -Step;
    private ulong _newlines;
    private ulong _equals;

    /// <summary>An equals sign of the present line lay in a block before this one.</summary>
    private bool _hadEquals;

    /// <summary>Where the next line begins.</summary>
    public int Position { get; private set; }

    /// <summary>False when no whole line is left.</summary>
    /// <param name="line">Without its newline.</param>
    public bool Next(out ReadOnlySpan<byte> line, out bool hasEquals)
    {
        while (_newlines == 0)
        {
            _hadEquals |= _equals != 0;
            if (!Load())
            {
                line = default;
                hasEquals = false;
                return false;
            }
        }

        var bit = BitOperations.TrailingZeroCount(_newlines);
        var upToHere = ulong.MaxValue >> (Step - 1 - bit);
        hasEquals = _hadEquals || (_equals & upToHere) != 0;
        _hadEquals = false;
        _equals &= ~upToHere;
        _newlines &= _newlines - 1;
        var end = _block + bit;
        line = _bytes[Position..end];
        Position = end + 1;
        return true;
    }

    private bool Load()
    {
        _block += Step;
        var left = _bytes.Length - _block;
        if (left <= 0)
        {
            _equals = 0;
            return false;
        }

        Vector512<byte> vector;
        if (left >= Step)
        {
            vector = Vector512.Create(_bytes.Slice(_block, Step));
        }
        else
        {
            Span<byte> padded = stackalloc byte[Step];
            _bytes[_block..].CopyTo(padded);
            vector = Vector512.Create((ReadOnlySpan<byte>)padded);
        }

        _newlines = Vector512.Equals(vector, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
        _equals = Vector512.Equals(vector, Vector512.Create((byte)'=')).ExtractMostSignificantBits();
        return true;
    }
}
