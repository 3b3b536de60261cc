using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Text;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Codec;

/// <summary>
/// A second decoder, on System.Formats.Asn1 and straight from RFC 4511's ASN.1, to compare ours with. It throws <see cref="AsnContentException"/>
/// for what it does not take, which is more than ours takes in some places and less in others.
/// </summary>
public static class AsnOracle
{
    private static readonly Asn1Tag s_controls = Context(0);
    private static readonly Asn1Tag s_referral = Context(3);

    public static LdapMessage Read(ReadOnlyMemory<byte> pdu)
    {
        var message = new AsnReader(pdu, AsnEncodingRules.BER).ReadSequence();
        var id = Int(message);
        var operation = ReadOperation(message);
        var controls = message.HasData && message.PeekTag() == s_controls ? ReadControls(message.ReadSequence(s_controls)) : [];
        return new LdapMessage(id, operation) { Controls = controls };
    }

    internal static Asn1Tag Context(int number, bool constructed = true) => new(TagClass.ContextSpecific, number, constructed);

    internal static string Text(AsnReader reader, Asn1Tag? tag = null) => Encoding.UTF8.GetString(reader.ReadOctetString(tag));

    internal static bool Next(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    private static LdapOperation ReadOperation(AsnReader message)
    {
        var tag = message.PeekTag();
        if (tag.TagClass != TagClass.Application)
            throw new AsnContentException("no operation");
        if (tag.TagValue is 2 or 10 or 16)
            return ReadPrimitive(message, tag);
        if (!tag.IsConstructed || tag.TagValue > 25)
            return Unknown(message);
        var body = message.ReadSequence(tag);
        return tag.TagValue switch
        {
            0 => new BindRequest(Int(body), Text(body), ReadAuthentication(body)),
            1 => new BindResponse(ReadResult(body), Optional(body, Context(7, false))),
            3 => ReadSearch(body),
            4 => new SearchResultEntry(Text(body), [.. Each(body.ReadSequence(), ReadAttribute)]),
            5 => new SearchResultDone(ReadResult(body)),
            6 => new WriteRequest(WriteKind.Modify, Text(body)),
            8 => new WriteRequest(WriteKind.Add, Text(body)),
            12 => new WriteRequest(WriteKind.ModifyDn, Text(body)),
            14 => new WriteRequest(WriteKind.Compare, Text(body)),
            7 => new WriteResponse(WriteKind.Modify, ReadResult(body)),
            9 => new WriteResponse(WriteKind.Add, ReadResult(body)),
            11 => new WriteResponse(WriteKind.Delete, ReadResult(body)),
            13 => new WriteResponse(WriteKind.ModifyDn, ReadResult(body)),
            15 => new WriteResponse(WriteKind.Compare, ReadResult(body)),
            19 => new SearchResultReference([.. Each(body, reader => Text(reader))]),
            23 => new ExtendedRequest(Text(body, Context(0, false)), Optional(body, Context(1, false))),
            24 => new ExtendedResponse(ReadResult(body), OptionalText(body, Context(10, false)), Optional(body, Context(11, false))),
            25 => new IntermediateResponse(OptionalText(body, Context(0, false)), Optional(body, Context(1, false))),
            _ => new UnknownOperation((byte)(0x60 | tag.TagValue)),
        };
    }

    private static LdapOperation ReadPrimitive(AsnReader message, Asn1Tag tag) => tag switch
    {
        { IsConstructed: true } => Unknown(message),
        { TagValue: 2 } => ReadUnbind(message),
        { TagValue: 10 } => new WriteRequest(WriteKind.Delete, Text(message, tag)),
        _ => new AbandonRequest((int)message.ReadInteger(tag)),
    };

    private static UnbindRequest ReadUnbind(AsnReader message)
    {
        _ = message.ReadEncodedValue();
        return new UnbindRequest();
    }

    private static UnknownOperation Unknown(AsnReader message) => new(message.ReadEncodedValue().Span[0]);

    private static SearchRequest ReadSearch(AsnReader body)
    {
        var request = new SearchRequest(Text(body), (SearchScope)Enumerated(body), new LdapFilter.Or([])) { Dereference = (DereferenceAliases)Enumerated(body) };
        return request with
        {
            SizeLimit = Math.Max(0, Int(body)),
            TimeLimit = Math.Max(0, Int(body)),
            TypesOnly = body.ReadBoolean(),
            Filter = AsnFilterOracle.Read(body),
            Attributes = [.. Each(body.ReadSequence(), reader => Text(reader))],
        };
    }

    private static LdapAttribute ReadAttribute(AsnReader list)
    {
        var attribute = list.ReadSequence();
        return new LdapAttribute(Text(attribute), [.. Each(attribute.ReadSetOf(), reader => (ReadOnlyMemory<byte>)reader.ReadOctetString())]);
    }

    private static LdapResult ReadResult(AsnReader body)
    {
        var result = new LdapResult((ResultCode)Enumerated(body), Text(body), Text(body));
        return Next(body, s_referral) ? result with { Referral = [.. Each(body.ReadSequence(s_referral), reader => Text(reader))] } : result;
    }

    private static BindAuthentication ReadAuthentication(AsnReader body)
    {
        var tag = body.PeekTag();
        if (tag == Context(0, false))
            return new BindAuthentication.Simple(body.ReadOctetString(tag));
        if (tag != Context(3))
            return new BindAuthentication.Unsupported(body.ReadEncodedValue().Span[0]);
        var sasl = body.ReadSequence(tag);
        return new BindAuthentication.Sasl(Text(sasl), Optional(sasl, Asn1Tag.PrimitiveOctetString));
    }

    private static ImmutableArray<LdapControl> ReadControls(AsnReader list) =>
        [.. Each(list, reader =>
        {
            var control = reader.ReadSequence();
            return new LdapControl(Text(control), Next(control, Asn1Tag.Boolean) && control.ReadBoolean(), Optional(control, Asn1Tag.PrimitiveOctetString));
        })];

    private static List<T> Each<T>(AsnReader list, Func<AsnReader, T> read)
    {
        var items = new List<T>();
        while (list.HasData)
            items.Add(read(list));
        return items;
    }

    private static ReadOnlyMemory<byte>? Optional(AsnReader reader, Asn1Tag tag)
    {
        if (Next(reader, tag))
            return reader.ReadOctetString(tag);
        return null;
    }

    private static string? OptionalText(AsnReader reader, Asn1Tag tag) => Next(reader, tag) ? Text(reader, tag) : null;

    private static int Int(AsnReader reader) => reader.TryReadInt32(out var value) ? value : throw new AsnContentException("exceeds 32 bits");

    private static int Enumerated(AsnReader reader) =>
        new AsnReader(new byte[] { 0x02 }.Concat(reader.ReadEncodedValue().ToArray().Skip(1)).ToArray(), AsnEncodingRules.BER).TryReadInt32(out var value)
            ? value
            : throw new AsnContentException("exceeds 32 bits");
}
