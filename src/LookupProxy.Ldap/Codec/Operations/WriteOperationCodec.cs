using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>
/// The operations that a read-only proxy refuses (RFC 4511 4.6 to 4.10): of a request only the target is read, and none is ever written.
/// </summary>
internal static class WriteOperationCodec
{
    /// <summary>All these requests begin with the target's name; the delete request is nothing else.</summary>
    public static WriteRequest ReadRequest(ref BerReader reader, byte tag)
    {
        var kind = KindOfRequest(tag);
        if (kind == WriteKind.Delete)
            return new WriteRequest(kind, reader.ReadString(tag));
        var outer = reader.Enter(tag);
        var target = reader.ReadString();
        reader.Leave(outer);
        return new WriteRequest(kind, target);
    }

    public static WriteResponse ReadResponse(ref BerReader reader, byte tag, LdapCodecLimits limits) =>
        new(KindOfRequest((byte)(tag - 1)), ResultCodec.ReadWhole(ref reader, tag, limits));

    public static void WriteResponse(ref BerWriter writer, WriteResponse response) =>
        ResultCodec.WriteWhole(ref writer, ResponseTag(response.Kind), response.Result);

    /// <summary>A response's tag number is the request's and one.</summary>
    private static WriteKind KindOfRequest(byte tag) => (tag & BerTag.LongForm) switch
    {
        OperationTag.ModifyRequest & BerTag.LongForm => WriteKind.Modify,
        OperationTag.AddRequest & BerTag.LongForm => WriteKind.Add,
        OperationTag.DeleteRequest & BerTag.LongForm => WriteKind.Delete,
        OperationTag.ModifyDnRequest & BerTag.LongForm => WriteKind.ModifyDn,
        _ => WriteKind.Compare,
    };

    private static byte ResponseTag(WriteKind kind) => kind switch
    {
        WriteKind.Modify => OperationTag.ModifyResponse,
        WriteKind.Add => OperationTag.AddResponse,
        WriteKind.Delete => OperationTag.DeleteResponse,
        WriteKind.ModifyDn => OperationTag.ModifyDnResponse,
        _ => OperationTag.CompareResponse,
    };
}
