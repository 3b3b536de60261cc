using System.Collections.Immutable;
using System.Formats.Asn1;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.TestKit.Codec;

internal static class AsnFilterOracle
{
    public static LdapFilter Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
            throw new AsnContentException("no filter");
        if (tag == AsnOracle.Context(7, false))
            return new LdapFilter.Present(AsnOracle.Text(reader, tag));
        if (!tag.IsConstructed || tag.TagValue is 7 or > 9)
            return new LdapFilter.Undefined(reader.ReadEncodedValue().Span[0]);
        return tag.TagValue switch
        {
            0 => new LdapFilter.And(ReadSet(reader.ReadSetOf(tag))),
            1 => new LdapFilter.Or(ReadSet(reader.ReadSetOf(tag))),
            2 => new LdapFilter.Not(Read(reader.ReadSequence(tag))),
            4 => ReadSubstrings(reader.ReadSequence(tag)),
            9 => ReadExtensible(reader.ReadSequence(tag)),
            _ => ReadAssertion(reader.ReadSequence(tag), tag.TagValue),
        };
    }

    private static ImmutableArray<LdapFilter> ReadSet(AsnReader set)
    {
        var operands = ImmutableArray.CreateBuilder<LdapFilter>();
        while (set.HasData)
            operands.Add(Read(set));
        return operands.ToImmutable();
    }

    private static LdapFilter ReadAssertion(AsnReader assertion, int choice)
    {
        var attribute = AsnOracle.Text(assertion);
        var value = assertion.ReadOctetString();
        return choice switch
        {
            3 => new LdapFilter.Equality(attribute, value),
            5 => new LdapFilter.GreaterOrEqual(attribute, value),
            6 => new LdapFilter.LessOrEqual(attribute, value),
            _ => new LdapFilter.Approximate(attribute, value),
        };
    }

    private static LdapFilter.Substrings ReadSubstrings(AsnReader filter)
    {
        var attribute = AsnOracle.Text(filter);
        var list = filter.ReadSequence();
        ReadOnlyMemory<byte>? initial = null;
        ReadOnlyMemory<byte>? final = null;
        var any = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var first = true; list.HasData; first = false)
        {
            var tag = list.PeekTag();
            ReadOnlyMemory<byte> piece = list.ReadOctetString(tag);
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 0 && first)
                initial = piece;
            else if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 1)
                any.Add(piece);
            else if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 2 && !list.HasData)
                final = piece;
            else
                throw new AsnContentException("pieces out of order");
        }

        return new LdapFilter.Substrings(attribute, initial, any.ToImmutable(), final);
    }

    private static LdapFilter.Extensible ReadExtensible(AsnReader match)
    {
        var (rule, type, dn) = (AsnOracle.Context(1, false), AsnOracle.Context(2, false), AsnOracle.Context(4, false));
        return new LdapFilter.Extensible(
            AsnOracle.Next(match, rule) ? AsnOracle.Text(match, rule) : null,
            AsnOracle.Next(match, type) ? AsnOracle.Text(match, type) : null,
            match.ReadOctetString(AsnOracle.Context(3, false)),
            AsnOracle.Next(match, dn) && match.ReadBoolean(dn));
    }
}
