using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>RFC 4511 4.13.</summary>
internal static class IntermediateCodec
{
    private const byte NameTag = 0x80;
    private const byte ValueTag = 0x81;

    public static IntermediateResponse Read(ref BerReader reader)
    {
        var outer = reader.Enter(OperationTag.IntermediateResponse);
        var oid = reader.ReadOptionalString(NameTag);
        var value = reader.ReadOptionalOctets(ValueTag);
        reader.Leave(outer);
        return new IntermediateResponse(oid, value);
    }

    public static void Write(ref BerWriter writer, IntermediateResponse response)
    {
        var start = writer.Begin(OperationTag.IntermediateResponse);
        writer.WriteOptionalString(NameTag, response.Oid);
        writer.WriteOptionalOctets(ValueTag, response.Value);
        writer.End(start);
    }
}
