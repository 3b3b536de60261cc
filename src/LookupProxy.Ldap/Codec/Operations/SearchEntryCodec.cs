using System.Runtime.InteropServices;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>SearchResultEntry, RFC 4511 4.5.2.</summary>
internal static class SearchEntryCodec
{
    public static SearchResultEntry Read(ref BerReader reader, LdapCodecLimits limits)
    {
        var outer = reader.Enter(OperationTag.SearchResultEntry);
        var objectName = reader.ReadString();
        var list = reader.Enter(BerTag.Sequence);
        var attributes = new LdapAttribute[reader.CountElements(limits.MaxAttributes, "attributes")];
        for (var i = 0; !reader.AtEnd; i++)
            attributes[i] = ReadAttribute(ref reader, limits);
        reader.Leave(list);
        reader.Leave(outer);
        return new SearchResultEntry(objectName, ImmutableCollectionsMarshal.AsImmutableArray(attributes));
    }

    public static void Write(ref BerWriter writer, SearchResultEntry entry)
    {
        var start = writer.Begin(OperationTag.SearchResultEntry);
        writer.WriteString(entry.ObjectName);
        var list = writer.Begin(BerTag.Sequence);
        foreach (var attribute in entry.Attributes)
            WriteAttribute(ref writer, attribute);
        writer.End(list);
        writer.End(start);
    }

    private static LdapAttribute ReadAttribute(ref BerReader reader, LdapCodecLimits limits)
    {
        var outer = reader.Enter(BerTag.Sequence);
        var description = KnownDescriptions.Read(ref reader);
        var set = reader.Enter(BerTag.Set);
        var values = new ReadOnlyMemory<byte>[reader.CountElements(limits.MaxValues, "values")];
        for (var i = 0; !reader.AtEnd; i++)
            values[i] = reader.ReadOctets();
        reader.Leave(set);
        reader.Leave(outer);
        return new LdapAttribute(description, ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    private static void WriteAttribute(ref BerWriter writer, LdapAttribute attribute)
    {
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteString(attribute.Description);
        var set = writer.Begin(BerTag.Set);
        foreach (var value in attribute.Values)
            writer.WriteOctets(value.Span);
        writer.End(set);
        writer.End(start);
    }
}
