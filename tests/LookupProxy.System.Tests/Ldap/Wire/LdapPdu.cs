using System.Formats.Asn1;
using System.Text;

namespace LookupProxy.SystemTests.Ldap.Wire;

/// <summary>Requests of RFC 4511 as octets, written by .NET's own ASN.1 writer and not by anything of ours.</summary>
internal static class LdapPdu
{
    /// <summary>RFC 4511 4.2, simple.</summary>
    public static byte[] Bind(int messageId, string name, string password) => Message(messageId, writer =>
    {
        using (writer.PushSequence(Application(0)))
        {
            writer.WriteInteger(3);
            Write(writer, name);
            writer.WriteOctetString(Encoding.UTF8.GetBytes(password), Context(0));
        }
    });

    /// <summary>RFC 4511 4.5.1: the whole subtree, no limits.</summary>
    public static byte[] Search(int messageId, Action<AsnWriter> filter, string @base = "o=lookupproxy", params IEnumerable<string> attributes) => Message(messageId, writer =>
    {
        using (writer.PushSequence(Application(3)))
        {
            Write(writer, @base);
            writer.WriteEncodedValue([0x0A, 1, 2]);
            writer.WriteEncodedValue([0x0A, 1, 0]);
            writer.WriteInteger(0);
            writer.WriteInteger(0);
            writer.WriteBoolean(false);
            filter(writer);
            using (writer.PushSequence())
            {
                foreach (var attribute in attributes)
                    Write(writer, attribute);
            }
        }
    });

    /// <summary>NOT of NOT of …, so many of them.</summary>
    public static Action<AsnWriter> Nested(int depth, Action<AsnWriter> innermost) => writer =>
    {
        for (var i = 0; i < depth; i++)
            writer.PushSequence(Context(2));
        innermost(writer);
        for (var i = 0; i < depth; i++)
            writer.PopSequence(Context(2));
    };

    public static Action<AsnWriter> Equal(string attribute, string value) => writer =>
    {
        using (writer.PushSequence(Context(3)))
        {
            Write(writer, attribute);
            Write(writer, value);
        }
    };

    public static Action<AsnWriter> And(params Action<AsnWriter>[] operands) => Set(0, operands);

    public static Action<AsnWriter> Or(params Action<AsnWriter>[] operands) => Set(1, operands);

    public static Action<AsnWriter> Not(Action<AsnWriter> operand) => Set(2, operand);

    private static Action<AsnWriter> Set(int tag, params Action<AsnWriter>[] operands) => writer =>
    {
        using (writer.PushSequence(Context(tag)))
        {
            foreach (var operand in operands)
                operand(writer);
        }
    };

    private static byte[] Message(int messageId, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(messageId);
            operation(writer);
        }

        return writer.Encode();
    }

    private static void Write(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
