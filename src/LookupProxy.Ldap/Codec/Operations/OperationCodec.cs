using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>The protocolOp CHOICE (RFC 4511 4.1.1): which tag is which operation.</summary>
internal static class OperationCodec
{
    /// <summary>Null when the reader has failed.</summary>
    public static LdapOperation? Read(ref BerReader reader, LdapCodecLimits limits)
    {
        var tag = reader.PeekTag();
        return tag switch
        {
            OperationTag.SearchResultEntry => SearchEntryCodec.Read(ref reader, limits),
            OperationTag.SearchResultDone => new SearchResultDone(ResultCodec.ReadWhole(ref reader, tag, limits)),
            OperationTag.SearchResultReference => new SearchResultReference(StringList.Read(ref reader, tag, limits.MaxUris, "URIs")),
            OperationTag.SearchRequest => SearchRequestCodec.Read(ref reader, limits),
            OperationTag.BindRequest => BindCodec.ReadRequest(ref reader),
            OperationTag.BindResponse => BindCodec.ReadResponse(ref reader, limits),
            OperationTag.UnbindRequest => ReadUnbind(ref reader),
            OperationTag.AbandonRequest => new AbandonRequest(reader.ReadInteger(tag)),
            OperationTag.ExtendedRequest => ExtendedCodec.ReadRequest(ref reader),
            OperationTag.ExtendedResponse => ExtendedCodec.ReadResponse(ref reader, limits),
            OperationTag.IntermediateResponse => IntermediateCodec.Read(ref reader),
            OperationTag.ModifyRequest or OperationTag.AddRequest or OperationTag.DeleteRequest or OperationTag.ModifyDnRequest or OperationTag.CompareRequest =>
                WriteOperationCodec.ReadRequest(ref reader, tag),
            OperationTag.ModifyResponse or OperationTag.AddResponse or OperationTag.DeleteResponse or OperationTag.ModifyDnResponse or OperationTag.CompareResponse =>
                WriteOperationCodec.ReadResponse(ref reader, tag, limits),
            _ => ReadUnknown(ref reader, tag),
        };
    }

    public static void Write(ref BerWriter writer, LdapOperation operation)
    {
        switch (operation)
        {
            case SearchRequest search:
                SearchRequestCodec.Write(ref writer, search);
                break;
            case SearchResultEntry entry:
                SearchEntryCodec.Write(ref writer, entry);
                break;
            case SearchResultDone done:
                ResultCodec.WriteWhole(ref writer, OperationTag.SearchResultDone, done.Result);
                break;
            case SearchResultReference reference:
                StringList.Write(ref writer, OperationTag.SearchResultReference, reference.Uris);
                break;
            case BindRequest bind:
                BindCodec.WriteRequest(ref writer, bind);
                break;
            case BindResponse bound:
                BindCodec.WriteResponse(ref writer, bound);
                break;
            case UnbindRequest:
                writer.WriteOctets(OperationTag.UnbindRequest, []);
                break;
            case AbandonRequest abandon:
                writer.WriteInteger(OperationTag.AbandonRequest, abandon.MessageId);
                break;
            case ExtendedRequest extended:
                ExtendedCodec.WriteRequest(ref writer, extended);
                break;
            case ExtendedResponse extended:
                ExtendedCodec.WriteResponse(ref writer, extended);
                break;
            case IntermediateResponse intermediate:
                IntermediateCodec.Write(ref writer, intermediate);
                break;
            case WriteResponse written:
                WriteOperationCodec.WriteResponse(ref writer, written);
                break;
            case UnknownOperation unknown:
                writer.WriteOctets(unknown.Tag, []);
                break;
            default:
                // A WriteRequest too: nothing in a read-only proxy may ask a directory for a change.
                throw new ArgumentException($"{operation.GetType().Name} is never sent", nameof(operation));
        }
    }

    /// <summary>UnbindRequest ::= NULL. What a client wrongly puts in it changes nothing: it goes.</summary>
    private static UnbindRequest ReadUnbind(ref BerReader reader)
    {
        reader.Skip();
        return new UnbindRequest();
    }

    private static UnknownOperation? ReadUnknown(ref BerReader reader, byte tag)
    {
        if (!OperationTag.IsOperation(tag))
        {
            reader.Fail(reader.AtEnd ? "the operation is missing" : $"tag {tag:X2} is no operation's");
            return null;
        }

        reader.Skip();
        return new UnknownOperation(tag);
    }
}
