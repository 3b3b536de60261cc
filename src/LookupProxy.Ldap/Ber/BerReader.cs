using System.Text;

namespace LookupProxy.Ldap.Ber;

/// <summary>
/// A cursor over one whole BER element, as RFC 4511 5.1 restricts BER: definite lengths, primitive strings, one-octet tags.
/// </summary>
/// <remarks>
/// AsnDecoder was weighed and left: under its BER rules it takes indefinite lengths and constructed strings, which LDAP forbids, refuses integers with
/// superfluous octets, which clients send, and tells every fault by an exception, which costs the wrong side when the peer is hostile.
/// Here the first fault sticks: later reads return empty values and every scope is at its end, so that callers check <see cref="Fault"/> once.
/// </remarks>
internal ref struct BerReader(ReadOnlySpan<byte> data, byte[]? owned = null)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private byte[]? _owned = owned;
    private int _position;
    private int _end = data.Length;

    public string? Fault { get; private set; }

    /// <summary>Whether the current scope has no element left, or the reader has failed.</summary>
    public readonly bool AtEnd => _position >= _end;

    /// <summary>The next element's tag, <see cref="BerTag.None"/> at the end of the scope.</summary>
    public readonly byte PeekTag() => AtEnd ? BerTag.None : _data[_position];

    public void Fail(string fault)
    {
        Fault ??= fault;
        _position = _data.Length;
    }

    /// <summary>Makes a constructed element's content the current scope. Pass what it returns to <see cref="Leave"/>.</summary>
    public int Enter(byte tag)
    {
        var outer = _end;
        var length = ReadHeader(tag);
        if (Fault is null)
            _end = _position + length;
        return outer;
    }

    /// <summary>Goes back to the outer scope. Elements not read are extensions (RFC 4511 4) and ignored, if they are well formed.</summary>
    public void Leave(int outer)
    {
        while (!AtEnd)
            Skip();
        _end = outer;
    }

    public void Skip()
    {
        var length = ReadHeader(PeekTag());
        if (Fault is null)
            _position += length;
    }

    /// <summary>How many elements the current scope still has, without reading them; so arrays have their size at once. Fails above <paramref name="maximum"/>.</summary>
    public int CountElements(int maximum, string what)
    {
        var start = _position;
        var count = 0;
        for (; !AtEnd; count++)
        {
            Skip();
            if (count == maximum)
                Fail($"more than {maximum} {what}");
        }

        if (Fault is not null)
            return 0;
        _position = start;
        return count;
    }

    /// <summary>A primitive element's content, valid as long as the input is.</summary>
    public ReadOnlySpan<byte> ReadSpan(byte tag)
    {
        var length = ReadHeader(tag);
        if (Fault is not null)
            return [];
        var content = _data.Slice(_position, length);
        _position += length;
        return content;
    }

    /// <summary>A primitive element's content, in memory that outlives the input: all such values of one message share one copy of it.</summary>
    public ReadOnlyMemory<byte> ReadOctets(byte tag = BerTag.OctetString)
    {
        var length = ReadSpan(tag).Length;
        if (length == 0)
            return ReadOnlyMemory<byte>.Empty;
        _owned ??= _data.ToArray();
        return _owned.AsMemory(_position - length, length);
    }

    /// <summary>Null when there is no such element, which is not the same as an empty one.</summary>
    public ReadOnlyMemory<byte>? ReadOptionalOctets(byte tag)
    {
        if (IsNextString(tag))
            return ReadOctets(tag);
        return null;
    }

    /// <summary>An LDAPString. Octets that are not UTF-8 become U+FFFD: a bad diagnostic text is no reason to lose an answer.</summary>
    public string ReadString(byte tag = BerTag.OctetString) => Encoding.UTF8.GetString(ReadSpan(tag));

    public string? ReadOptionalString(byte tag) => IsNextString(tag) ? ReadString(tag) : null;

    /// <summary>FALSE is 0, any other octet TRUE (X.690 8.2.2; only DER wants FF).</summary>
    public bool ReadBoolean(byte tag = BerTag.Boolean)
    {
        var content = ReadSpan(tag);
        if (content.Length == 1)
            return content[0] != 0;
        Fail("a BOOLEAN is not one octet long");
        return false;
    }

    /// <summary>A BOOLEAN with a DEFAULT.</summary>
    public bool ReadOptionalBoolean(bool absent) => PeekTag() == BerTag.Boolean ? ReadBoolean() : absent;

    /// <summary>An INTEGER or ENUMERATED of 32 bits. Superfluous leading octets are taken; no octet at all or a greater number is a fault, never a 0.</summary>
    public int ReadInteger(byte tag = BerTag.Integer)
    {
        var content = ReadSpan(tag);
        if (BerInteger.TryRead(content, out var value))
            return value;
        if (Fault is null)
            Fail($"an integer of {content.Length} octets is empty or exceeds 32 bits");
        return 0;
    }

    /// <summary>
    /// A size or time limit, INTEGER (0..maxInt): what is empty or negative is no limit, what is greater is the greatest.
    /// Phones send such limits badly encoded and mean no harm.
    /// </summary>
    public int ReadLimit() => BerInteger.Saturate(ReadSpan(BerTag.Integer));

    /// <summary>One sent in pieces (RFC 4511 5.1 forbids it) is a fault: passed over as an unknown element, a value that was sent would seem not to be there.</summary>
    private bool IsNextString(byte tag)
    {
        var next = PeekTag();
        if (next == (tag | BerTag.Constructed))
            Fail("a string is in pieces");
        return next == tag;
    }

    /// <summary>Reads tag and length and checks the length against the octets left. Returns 0 and fails if there is anything wrong.</summary>
    private int ReadHeader(byte tag)
    {
        var rest = _data[Math.Min(_position, _end).._end];
        if (rest.Length < 2 || rest[0] != tag || rest[1] >= 0x80 || rest[1] > rest.Length - 2 || (tag & BerTag.LongForm) == BerTag.LongForm)
            return ReadHeaderSlowly(rest, tag);
        _position += 2;
        return rest[1];
    }

    /// <summary>Long lengths, and everything that is wrong.</summary>
    private int ReadHeaderSlowly(ReadOnlySpan<byte> rest, byte tag)
    {
        if (rest.IsEmpty)
            return FailHeader("an element is missing");
        if (rest[0] != tag)
            return FailHeader($"tag {rest[0]:X2} where {tag:X2} is due");
        var status = BerHeader.TryRead(rest, out var header);
        if (status != BerHeaderStatus.Done)
            return FailHeader(BerHeader.Describe(status));
        if (header.ContentLength > rest.Length - header.HeaderLength)
            return FailHeader("an element is longer than what holds it");
        _position += header.HeaderLength;
        return header.ContentLength;
    }

    private int FailHeader(string fault)
    {
        if (Fault is null)
            Fail($"{fault}, at octet {_position}");
        return 0;
    }
}
