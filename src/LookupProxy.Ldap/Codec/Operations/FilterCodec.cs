using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>Filter, RFC 4511 4.5.1.7. The only part of a message that nests, so depth and number are counted.</summary>
internal static class FilterCodec
{
    private const byte AndTag = 0xA0;
    private const byte OrTag = 0xA1;
    private const byte NotTag = 0xA2;
    private const byte EqualityTag = 0xA3;
    private const byte SubstringsTag = 0xA4;
    private const byte GreaterOrEqualTag = 0xA5;
    private const byte LessOrEqualTag = 0xA6;
    private const byte PresentTag = 0x87;
    private const byte ApproximateTag = 0xA8;
    private const byte ExtensibleTag = 0xA9;

    /// <summary>Stands for what could not be read; the reader's fault says why.</summary>
    private static readonly LdapFilter s_none = new LdapFilter.Or([]);

    public static LdapFilter Read(ref BerReader reader, LdapCodecLimits limits)
    {
        var nodes = limits.MaxFilterNodes;
        return Read(ref reader, limits.MaxFilterDepth, ref nodes);
    }

    public static void Write(ref BerWriter writer, LdapFilter filter)
    {
        switch (filter)
        {
            case LdapFilter.And and:
                WriteSet(ref writer, AndTag, and.Operands);
                break;
            case LdapFilter.Or or:
                WriteSet(ref writer, OrTag, or.Operands);
                break;
            case LdapFilter.Not not:
                var start = writer.Begin(NotTag);
                Write(ref writer, not.Operand);
                writer.End(start);
                break;
            case LdapFilter.Equality equality:
                WriteAssertion(ref writer, EqualityTag, equality.Attribute, equality.Value);
                break;
            case LdapFilter.Substrings substrings:
                SubstringsCodec.Write(ref writer, SubstringsTag, substrings);
                break;
            case LdapFilter.GreaterOrEqual greater:
                WriteAssertion(ref writer, GreaterOrEqualTag, greater.Attribute, greater.Value);
                break;
            case LdapFilter.LessOrEqual less:
                WriteAssertion(ref writer, LessOrEqualTag, less.Attribute, less.Value);
                break;
            case LdapFilter.Present present:
                writer.WriteString(PresentTag, present.Attribute);
                break;
            case LdapFilter.Approximate approximate:
                WriteAssertion(ref writer, ApproximateTag, approximate.Attribute, approximate.Value);
                break;
            case LdapFilter.Extensible extensible:
                ExtensibleMatchCodec.Write(ref writer, ExtensibleTag, extensible);
                break;
            case LdapFilter.Undefined undefined:
                writer.WriteOctets(undefined.Tag, []);
                break;
            default:
                throw new ArgumentException($"no encoding for {filter.GetType()}", nameof(filter));
        }
    }

    private static LdapFilter Read(ref BerReader reader, int depth, ref int nodes)
    {
        if (depth == 0)
            return Fail(ref reader, "a filter is nested too deeply");
        if (nodes-- == 0)
            return Fail(ref reader, "a filter has too many parts");

        var tag = reader.PeekTag();
        return tag switch
        {
            AndTag => new LdapFilter.And(ReadSet(ref reader, tag, depth, ref nodes)),
            OrTag => new LdapFilter.Or(ReadSet(ref reader, tag, depth, ref nodes)),
            NotTag => ReadNot(ref reader, depth, ref nodes),
            SubstringsTag => SubstringsCodec.Read(ref reader, tag, ref nodes) ?? s_none,
            PresentTag => new LdapFilter.Present(reader.ReadString(tag)),
            EqualityTag or GreaterOrEqualTag or LessOrEqualTag or ApproximateTag => ReadAssertion(ref reader, tag),
            ExtensibleTag => ExtensibleMatchCodec.Read(ref reader, tag),
            _ => ReadUndefined(ref reader, tag),
        };
    }

    private static ImmutableArray<LdapFilter> ReadSet(ref BerReader reader, byte tag, int depth, ref int nodes)
    {
        var outer = reader.Enter(tag);
        var operands = new LdapFilter[reader.CountElements(nodes, "parts of a filter")];
        for (var i = 0; !reader.AtEnd; i++)
            operands[i] = Read(ref reader, depth - 1, ref nodes);
        reader.Leave(outer);
        return ImmutableCollectionsMarshal.AsImmutableArray(operands);
    }

    private static LdapFilter.Not ReadNot(ref BerReader reader, int depth, ref int nodes)
    {
        var outer = reader.Enter(NotTag);
        var operand = Read(ref reader, depth - 1, ref nodes);
        // No place for an extension: what is dropped here would turn the filter's meaning round.
        if (!reader.AtEnd)
            reader.Fail("a NOT has more than one filter");
        reader.Leave(outer);
        return new LdapFilter.Not(operand);
    }

    private static LdapFilter ReadAssertion(ref BerReader reader, byte tag)
    {
        var outer = reader.Enter(tag);
        var attribute = KnownDescriptions.Read(ref reader);
        var value = reader.ReadOctets();
        reader.Leave(outer);
        return tag switch
        {
            EqualityTag => new LdapFilter.Equality(attribute, value),
            GreaterOrEqualTag => new LdapFilter.GreaterOrEqual(attribute, value),
            LessOrEqualTag => new LdapFilter.LessOrEqual(attribute, value),
            _ => new LdapFilter.Approximate(attribute, value),
        };
    }

    /// <summary>The CHOICE is extensible: what a later RFC may add evaluates to Undefined here, and the rest of the filter still counts.</summary>
    private static LdapFilter ReadUndefined(ref BerReader reader, byte tag)
    {
        if ((tag & 0xC0) != 0x80)
            return Fail(ref reader, reader.AtEnd ? "a filter is missing" : $"tag {tag:X2} begins no filter");
        reader.Skip();
        return new LdapFilter.Undefined(tag);
    }

    private static void WriteSet(ref BerWriter writer, byte tag, ImmutableArray<LdapFilter> operands)
    {
        var start = writer.Begin(tag);
        foreach (var operand in operands)
            Write(ref writer, operand);
        writer.End(start);
    }

    private static void WriteAssertion(ref BerWriter writer, byte tag, string attribute, ReadOnlyMemory<byte> value)
    {
        var start = writer.Begin(tag);
        writer.WriteString(attribute);
        writer.WriteOctets(value.Span);
        writer.End(start);
    }

    private static LdapFilter Fail(ref BerReader reader, string fault)
    {
        reader.Fail(fault);
        return s_none;
    }
}
