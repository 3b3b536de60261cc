namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>The APPLICATION tags of RFC 4511 4.2 to 4.13, as identifier octets.</summary>
internal static class OperationTag
{
    public const byte BindRequest = 0x60;
    public const byte BindResponse = 0x61;
    public const byte UnbindRequest = 0x42;
    public const byte SearchRequest = 0x63;
    public const byte SearchResultEntry = 0x64;
    public const byte SearchResultDone = 0x65;
    public const byte ModifyRequest = 0x66;
    public const byte ModifyResponse = 0x67;
    public const byte AddRequest = 0x68;
    public const byte AddResponse = 0x69;
    public const byte DeleteRequest = 0x4A;
    public const byte DeleteResponse = 0x6B;
    public const byte ModifyDnRequest = 0x6C;
    public const byte ModifyDnResponse = 0x6D;
    public const byte CompareRequest = 0x6E;
    public const byte CompareResponse = 0x6F;
    public const byte AbandonRequest = 0x50;
    public const byte SearchResultReference = 0x73;
    public const byte ExtendedRequest = 0x77;
    public const byte ExtendedResponse = 0x78;
    public const byte IntermediateResponse = 0x79;

    /// <summary>Whether a tag is of the APPLICATION class, as every operation's is, those of later RFCs too.</summary>
    public static bool IsOperation(byte tag) => (tag & 0xC0) == 0x40;
}
