using System.Buffers;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Codec.Operations;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec;

/// <summary>Messages to bytes: BER with definite, shortest lengths. Leaves no secret behind in pooled memory of its own.</summary>
public static class LdapMessageWriter
{
    private const int UsualMessageBytes = 512;

    /// <summary>Appends one PDU to <paramref name="output"/>, in one piece.</summary>
    /// <exception cref="ArgumentException">The operation is a <see cref="WriteRequest"/>, which is never sent, or the message id is negative.</exception>
    public static void Write(IBufferWriter<byte> output, LdapMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentOutOfRangeException.ThrowIfNegative(message.MessageId, nameof(message));

        var writer = new BerWriter(UsualMessageBytes);
        try
        {
            var start = writer.Begin(BerTag.Sequence);
            writer.WriteInteger(message.MessageId);
            OperationCodec.Write(ref writer, message.Operation);
            ControlsCodec.Write(ref writer, message.Controls);
            writer.End(start);
            output.Write(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
