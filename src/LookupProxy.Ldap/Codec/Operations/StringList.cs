using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>SEQUENCE OF LDAPString in its several disguises.</summary>
internal static class StringList
{
    public static ImmutableArray<string> Read(ref BerReader reader, byte tag, int maximum, string what)
    {
        var outer = reader.Enter(tag);
        var strings = new string[reader.CountElements(maximum, what)];
        for (var i = 0; !reader.AtEnd; i++)
            strings[i] = reader.ReadString();
        reader.Leave(outer);
        return ImmutableCollectionsMarshal.AsImmutableArray(strings);
    }

    public static void Write(ref BerWriter writer, byte tag, ImmutableArray<string> strings)
    {
        var start = writer.Begin(tag);
        foreach (var text in strings)
            writer.WriteString(text);
        writer.End(start);
    }
}
