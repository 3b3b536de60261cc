using System.Buffers;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Codec.Operations;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec;

/// <summary>
/// Bytes to messages (RFC 4511 5.1: BER, definite lengths only). Does no I/O, holds no state, never throws for what a peer sent.
/// </summary>
/// <remarks>
/// Until a PDU is whole only its header is looked at, so one that arrives in small pieces costs no more than in one.
/// A length beyond the limit is a fault as soon as the header is there.
/// </remarks>
public sealed class LdapMessageReader(LdapCodecLimits limits)
{
    public LdapCodecLimits Limits { get; } = limits;

    /// <summary>Takes one PDU off the front of <paramref name="buffer"/>, which is advanced only when Done.</summary>
    /// <param name="message">Set when Done.</param>
    /// <param name="fault">Set when Fault: what is wrong, for a log. Holds no value that the peer sent.</param>
    public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out LdapMessage? message, out string? fault)
    {
        message = null;
        var front = buffer.FirstSpan;
        var status = front.Length >= BerHeader.MaxLength || buffer.IsSingleSegment
            ? TryReadHeader(front, out var header, out fault)
            : TryReadCutHeader(buffer, out header, out fault);
        if (status != ReadStatus.Done)
            return status;

        var length = header.HeaderLength + header.ContentLength;
        if (front.Length >= length)
            message = Decode(new BerReader(front.Slice(header.HeaderLength, header.ContentLength)), out fault);
        else if (buffer.Length >= length)
            message = DecodeCut(buffer.Slice(header.HeaderLength, header.ContentLength), out fault);
        else
            return ReadStatus.NeedMore;

        if (message is null)
            return ReadStatus.Fault;
        buffer = buffer.Slice(length);
        return ReadStatus.Done;
    }

    private ReadStatus TryReadCutHeader(in ReadOnlySequence<byte> buffer, out BerHeader header, out string? fault)
    {
        var octets = buffer.Slice(0, Math.Min(buffer.Length, BerHeader.MaxLength));
        Span<byte> joined = stackalloc byte[BerHeader.MaxLength];
        octets.CopyTo(joined);
        return TryReadHeader(joined[..(int)octets.Length], out header, out fault);
    }

    private ReadStatus TryReadHeader(ReadOnlySpan<byte> front, out BerHeader header, out string? fault)
    {
        header = default;
        fault = null;
        if (front.Length == 0)
            return ReadStatus.NeedMore;
        if (front[0] != BerTag.Sequence)
        {
            // 16 03 begins a TLS handshake: a client that wants LDAPS came to a plain port.
            fault = front[0] == 0x16 ? "a TLS handshake where an LDAP message is due" : $"tag {front[0]:X2} where {BerTag.Sequence:X2} of an LDAP message is due";
            return ReadStatus.Fault;
        }

        var status = BerHeader.TryRead(front, out header);
        if (status == BerHeaderStatus.NeedMore)
            return ReadStatus.NeedMore;
        if (status == BerHeaderStatus.Done && header.HeaderLength + (long)header.ContentLength <= Limits.MaxMessageBytes)
            return ReadStatus.Done;
        fault = status == BerHeaderStatus.Done
            ? $"a message of {header.ContentLength} octets exceeds the limit of {Limits.MaxMessageBytes}"
            : BerHeader.Describe(status);
        return ReadStatus.Fault;
    }

    private LdapMessage? DecodeCut(in ReadOnlySequence<byte> content, out string? fault)
    {
        var joined = content.ToArray();
        return Decode(new BerReader(joined, joined), out fault);
    }

    /// <summary>The content of a whole LDAPMessage. Null, and a fault, if it is malformed.</summary>
    private LdapMessage? Decode(BerReader reader, out string? fault)
    {
        var messageId = reader.ReadInteger();
        if (messageId < 0)
            reader.Fail("the message id is negative");
        var operation = OperationCodec.Read(ref reader, Limits);
        var controls = ControlsCodec.Read(ref reader, Limits);
        reader.Leave(0);

        fault = reader.Fault;
        if (fault is not null || operation is null)
            return null;
        return new LdapMessage(messageId, operation) { Controls = controls };
    }
}
