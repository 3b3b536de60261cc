using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>syncUUID, RFC 4533 2.1: 16 octets in the order of RFC 4122.</summary>
internal static class SyncUuid
{
    private const int Octets = 16;

    public static Guid Read(ref BerReader reader)
    {
        var octets = reader.ReadSpan(BerTag.OctetString);
        if (octets.Length == Octets)
            return new Guid(octets, bigEndian: true);
        reader.Fail("a syncUUID has not 16 octets");
        return Guid.Empty;
    }

    public static void Write(ref BerWriter writer, Guid uuid)
    {
        Span<byte> octets = stackalloc byte[Octets];
        _ = uuid.TryWriteBytes(octets, bigEndian: true, out _);
        writer.WriteOctets(octets);
    }
}
