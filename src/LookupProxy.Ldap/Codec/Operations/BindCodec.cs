using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>RFC 4511 4.2.</summary>
internal static class BindCodec
{
    private const byte SimpleTag = 0x80;
    private const byte SaslTag = 0xA3;
    private const byte ServerSaslCredentialsTag = 0x87;

    public static BindRequest ReadRequest(ref BerReader reader)
    {
        var outer = reader.Enter(OperationTag.BindRequest);
        var version = reader.ReadInteger();
        var name = reader.ReadString();
        var authentication = ReadAuthentication(ref reader);
        reader.Leave(outer);
        return new BindRequest(version, name, authentication);
    }

    public static void WriteRequest(ref BerWriter writer, BindRequest request)
    {
        writer.Secret = true;
        var start = writer.Begin(OperationTag.BindRequest);
        writer.WriteInteger(request.Version);
        writer.WriteString(request.Name);
        WriteAuthentication(ref writer, request.Authentication);
        writer.End(start);
    }

    public static BindResponse ReadResponse(ref BerReader reader, LdapCodecLimits limits)
    {
        var outer = reader.Enter(OperationTag.BindResponse);
        var result = ResultCodec.Read(ref reader, limits);
        var credentials = reader.ReadOptionalOctets(ServerSaslCredentialsTag);
        reader.Leave(outer);
        return new BindResponse(result, credentials);
    }

    public static void WriteResponse(ref BerWriter writer, BindResponse response)
    {
        var start = writer.Begin(OperationTag.BindResponse);
        ResultCodec.Write(ref writer, response.Result);
        writer.WriteOptionalOctets(ServerSaslCredentialsTag, response.ServerSaslCredentials);
        writer.End(start);
    }

    private static BindAuthentication ReadAuthentication(ref BerReader reader)
    {
        var tag = reader.PeekTag();
        switch (tag)
        {
            case SimpleTag:
                return new BindAuthentication.Simple(reader.ReadOctets(SimpleTag));
            case SaslTag:
                var outer = reader.Enter(SaslTag);
                var mechanism = reader.ReadString();
                var credentials = reader.ReadOptionalOctets(BerTag.OctetString);
                reader.Leave(outer);
                return new BindAuthentication.Sasl(mechanism, credentials);
            default:
                // Kerberos of LDAPv2, Microsoft's sicily: the answer is authMethodNotSupported (4.2.1), not a closed connection.
                reader.Skip();
                return new BindAuthentication.Unsupported(tag);
        }
    }

    private static void WriteAuthentication(ref BerWriter writer, BindAuthentication authentication)
    {
        switch (authentication)
        {
            case BindAuthentication.Simple simple:
                writer.WriteOctets(SimpleTag, simple.Password.Span);
                break;
            case BindAuthentication.Sasl sasl:
                var start = writer.Begin(SaslTag);
                writer.WriteString(sasl.Mechanism);
                writer.WriteOptionalOctets(BerTag.OctetString, sasl.Credentials);
                writer.End(start);
                break;
            case BindAuthentication.Unsupported unsupported:
                writer.WriteOctets(unsupported.Tag, []);
                break;
            default:
                throw new ArgumentException($"no encoding for {authentication.GetType()}", nameof(authentication));
        }
    }
}
