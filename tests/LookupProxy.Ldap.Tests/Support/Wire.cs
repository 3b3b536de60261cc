using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Support;

/// <summary>Shortest way from bytes to messages and back.</summary>
internal static class Wire
{
    public static LdapMessageReader Reader { get; } = new(new LdapCodecLimits());

    /// <summary>Spaces are for the eye.</summary>
    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Write(LdapMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(output, message);
        return output.WrittenMemory.ToArray();
    }

    public static byte[] Write(LdapOperation operation) => Write(new LdapMessage(1, operation));

    /// <summary>Exactly one message, and nothing left.</summary>
    public static LdapMessage Read(byte[] bytes) => Assert.Single(ReadAll(bytes));

    public static T Read<T>(byte[] bytes)
        where T : LdapOperation => Assert.IsType<T>(Read(bytes).Operation);

    public static List<LdapMessage> ReadAll(byte[] bytes)
    {
        var messages = new List<LdapMessage>();
        var buffer = new ReadOnlySequence<byte>(bytes);
        while (!buffer.IsEmpty)
        {
            var status = Reader.TryRead(ref buffer, out var message, out var fault);
            Assert.True(status == ReadStatus.Done, $"{status} after {messages.Count} messages: {fault}");
            messages.Add(message!);
        }

        return messages;
    }

    /// <summary>Why one message is refused; it is refused whole and in pieces, with nothing consumed and nothing returned.</summary>
    public static string ReadFault(byte[] bytes, LdapCodecLimits? limits = null)
    {
        var reader = limits is null ? Reader : new LdapMessageReader(limits);
        var faults = new HashSet<string>(StringComparer.Ordinal);
        foreach (var way in TestKit.Buffers.SegmentedBuffer.EachWay(bytes))
        {
            var buffer = way;
            Assert.Equal(ReadStatus.Fault, reader.TryRead(ref buffer, out var message, out var fault));
            Assert.Null(message);
            Assert.Equal(bytes.Length, buffer.Length);
            faults.Add(Assert.IsType<string>(fault));
        }

        return Assert.Single(faults);
    }

    /// <summary>An LDAPMessage with message id 1 around an operation's bytes, whose length may take several octets.</summary>
    public static byte[] Envelope(params byte[][] parts)
    {
        byte[] content = [0x02, 0x01, 0x01, .. parts.SelectMany(part => part)];
        return Element(0x30, content);
    }

    public static byte[] Element(byte tag, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        byte[] length = content.Length < 0x80
            ? [(byte)content.Length]
            : [0x84, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length];
        return [tag, .. length, .. content];
    }

    public static string Dump(LdapMessage message) => MessageDump.Of(message);
}
