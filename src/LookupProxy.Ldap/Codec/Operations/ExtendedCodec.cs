using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>RFC 4511 4.12.</summary>
internal static class ExtendedCodec
{
    private const byte RequestNameTag = 0x80;
    private const byte RequestValueTag = 0x81;
    private const byte ResponseNameTag = 0x8A;
    private const byte ResponseValueTag = 0x8B;

    public static ExtendedRequest ReadRequest(ref BerReader reader)
    {
        var outer = reader.Enter(OperationTag.ExtendedRequest);
        var oid = reader.ReadString(RequestNameTag);
        var value = reader.ReadOptionalOctets(RequestValueTag);
        reader.Leave(outer);
        return new ExtendedRequest(oid, value);
    }

    public static void WriteRequest(ref BerWriter writer, ExtendedRequest request)
    {
        // A value may be a password (RFC 3062).
        writer.Secret = true;
        var start = writer.Begin(OperationTag.ExtendedRequest);
        writer.WriteString(RequestNameTag, request.Oid);
        writer.WriteOptionalOctets(RequestValueTag, request.Value);
        writer.End(start);
    }

    public static ExtendedResponse ReadResponse(ref BerReader reader, LdapCodecLimits limits)
    {
        var outer = reader.Enter(OperationTag.ExtendedResponse);
        var result = ResultCodec.Read(ref reader, limits);
        var oid = reader.ReadOptionalString(ResponseNameTag);
        var value = reader.ReadOptionalOctets(ResponseValueTag);
        reader.Leave(outer);
        return new ExtendedResponse(result, oid, value);
    }

    public static void WriteResponse(ref BerWriter writer, ExtendedResponse response)
    {
        var start = writer.Begin(OperationTag.ExtendedResponse);
        ResultCodec.Write(ref writer, response.Result);
        writer.WriteOptionalString(ResponseNameTag, response.Oid);
        writer.WriteOptionalOctets(ResponseValueTag, response.Value);
        writer.End(start);
    }
}
