using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>What follows the message id in an encoded message: the same for every message id, so it can be kept.</summary>
internal static class OperationBytes
{
    /// <summary>INTEGER 0, as the message id is written below.</summary>
    private const int MessageIdBytes = 3;

    public static byte[] Of(LdapOperation operation, params ReadOnlySpan<LdapControl> controls)
    {
        var buffer = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(buffer, new LdapMessage(0, operation) { Controls = [.. controls] });
        var whole = buffer.WrittenSpan;
        var header = whole[1] < 0x80 ? 2 : 2 + (whole[1] & 0x7F);
        return whole[(header + MessageIdBytes)..].ToArray();
    }

    public static byte[] Of(ResultCode code, string diagnosticMessage = "") => Of(new SearchResultDone(new LdapResult(code, "", diagnosticMessage)));

    /// <summary>LDAPMessage ::= SEQUENCE { messageID, operation [, controls] }, RFC 4511 4.1.1.</summary>
    public static void Write(IBufferWriter<byte> output, int messageId, ReadOnlySpan<byte> operation)
    {
        var idBytes = messageId < 0x80 ? 1 : messageId < 0x8000 ? 2 : messageId < 0x80_0000 ? 3 : 4;
        var length = 2 + idBytes + operation.Length;
        var lengthBytes = length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : length < 0x100_0000 ? 4 : 5;
        var span = output.GetSpan(1 + lengthBytes + length);
        span[0] = 0x30;
        var at = 1;
        if (lengthBytes > 1)
            span[at++] = (byte)(0x80 | (lengthBytes - 1));
        for (var shift = 8 * (lengthBytes == 1 ? 0 : lengthBytes - 2); shift >= 0; shift -= 8)
            span[at++] = (byte)(length >> shift);
        span[at++] = 0x02;
        span[at++] = (byte)idBytes;
        for (var shift = 8 * (idBytes - 1); shift >= 0; shift -= 8)
            span[at++] = (byte)(messageId >> shift);
        operation.CopyTo(span[at..]);
        output.Advance(at + operation.Length);
    }
}
