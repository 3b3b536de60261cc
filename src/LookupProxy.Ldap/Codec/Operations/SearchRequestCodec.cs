using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>RFC 4511 4.5.1.</summary>
internal static class SearchRequestCodec
{
    public static SearchRequest Read(ref BerReader reader, LdapCodecLimits limits)
    {
        var outer = reader.Enter(OperationTag.SearchRequest);
        var baseObject = reader.ReadString();
        var scope = (SearchScope)reader.ReadInteger(BerTag.Enumerated);
        var dereference = (DereferenceAliases)reader.ReadInteger(BerTag.Enumerated);
        var sizeLimit = reader.ReadLimit();
        var timeLimit = reader.ReadLimit();
        var typesOnly = reader.ReadBoolean();
        var filter = FilterCodec.Read(ref reader, limits);
        var attributes = StringList.Read(ref reader, BerTag.Sequence, limits.MaxAttributes, "attributes");
        reader.Leave(outer);
        return new SearchRequest(baseObject, scope, filter)
        {
            Dereference = dereference,
            SizeLimit = sizeLimit,
            TimeLimit = timeLimit,
            TypesOnly = typesOnly,
            Attributes = attributes,
        };
    }

    public static void Write(ref BerWriter writer, SearchRequest request)
    {
        var start = writer.Begin(OperationTag.SearchRequest);
        writer.WriteString(request.BaseObject);
        writer.WriteEnumerated((int)request.Scope);
        writer.WriteEnumerated((int)request.Dereference);
        writer.WriteInteger(request.SizeLimit);
        writer.WriteInteger(request.TimeLimit);
        writer.WriteBoolean(BerTag.Boolean, request.TypesOnly);
        FilterCodec.Write(ref writer, request.Filter);
        StringList.Write(ref writer, BerTag.Sequence, request.Attributes);
        writer.End(start);
    }
}
