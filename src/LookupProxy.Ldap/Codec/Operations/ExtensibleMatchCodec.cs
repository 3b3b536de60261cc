using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>MatchingRuleAssertion, RFC 4511 4.5.1.7.7.</summary>
internal static class ExtensibleMatchCodec
{
    private const byte MatchingRuleTag = 0x81;
    private const byte TypeTag = 0x82;
    private const byte ValueTag = 0x83;
    private const byte DnAttributesTag = 0x84;

    public static LdapFilter.Extensible Read(ref BerReader reader, byte tag)
    {
        var outer = reader.Enter(tag);
        var rule = reader.ReadOptionalString(MatchingRuleTag);
        var attribute = reader.ReadOptionalString(TypeTag);
        var value = reader.ReadOctets(ValueTag);
        var dnAttributes = reader.PeekTag() == DnAttributesTag && reader.ReadBoolean(DnAttributesTag);
        reader.Leave(outer);
        return new LdapFilter.Extensible(rule, attribute, value, dnAttributes);
    }

    public static void Write(ref BerWriter writer, byte tag, LdapFilter.Extensible filter)
    {
        var start = writer.Begin(tag);
        writer.WriteOptionalString(MatchingRuleTag, filter.MatchingRule);
        writer.WriteOptionalString(TypeTag, filter.Attribute);
        writer.WriteOctets(ValueTag, filter.Value.Span);
        if (filter.DnAttributes)
            writer.WriteBoolean(DnAttributesTag, true);
        writer.End(start);
    }
}
