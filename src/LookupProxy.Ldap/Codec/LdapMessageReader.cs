using System.Buffers;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec;

/// <summary>Bytes to messages (RFC 4511 5.1: BER, definite lengths only). Does no I/O, holds no state.</summary>
public sealed class LdapMessageReader(LdapCodecLimits limits)
{
    public LdapCodecLimits Limits { get; } = limits;

    /// <summary>Takes one PDU off the front of <paramref name="buffer"/>, which is advanced only when Done.</summary>
    /// <param name="fault">Set when Fault: what is wrong, for a log.</param>
    public ReadStatus TryRead(ref ReadOnlySequence<byte> buffer, out LdapMessage? message, out string? fault) =>
        throw new NotSupportedException();
}
