using System.Collections.Immutable;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>SubstringFilter, RFC 4511 4.5.1.7.2: at least one piece, the initial one first, the final one last.</summary>
internal static class SubstringsCodec
{
    private const byte InitialTag = 0x80;
    private const byte AnyTag = 0x81;
    private const byte FinalTag = 0x82;

    public static LdapFilter.Substrings? Read(ref BerReader reader, byte tag, ref int nodes)
    {
        var outer = reader.Enter(tag);
        var attribute = KnownDescriptions.Read(ref reader);
        var list = reader.Enter(BerTag.Sequence);

        // Pieces count as nodes, as they cost as much.
        var pieces = reader.CountElements(nodes, "parts of a filter");
        nodes -= pieces;
        var initial = reader.ReadOptionalOctets(InitialTag);
        var any = ReadAny(ref reader, pieces);
        var final = reader.ReadOptionalOctets(FinalTag);
        if (!reader.AtEnd || pieces == 0)
            reader.Fail("a substring filter is empty or its pieces are out of order");
        reader.Leave(list);
        reader.Leave(outer);
        return reader.Fault is null ? new LdapFilter.Substrings(attribute, initial, any, final) : null;
    }

    public static void Write(ref BerWriter writer, byte tag, LdapFilter.Substrings filter)
    {
        var start = writer.Begin(tag);
        writer.WriteString(filter.Attribute);
        var list = writer.Begin(BerTag.Sequence);
        writer.WriteOptionalOctets(InitialTag, filter.Initial);
        foreach (var piece in filter.Any)
            writer.WriteOctets(AnyTag, piece.Span);
        writer.WriteOptionalOctets(FinalTag, filter.Final);
        writer.End(list);
        writer.End(start);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadAny(ref BerReader reader, int atMost)
    {
        if (reader.PeekTag() != AnyTag)
            return [];
        var any = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(atMost);
        while (reader.PeekTag() == AnyTag)
            any.Add(reader.ReadOctets(AnyTag));
        return any.DrainToImmutable();
    }
}
