using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>Request and response have the same shape: two integers and a cookie.</summary>
internal static class DirSyncValue
{
    public static byte[] Write(int first, int second, ReadOnlyMemory<byte> cookie)
    {
        var writer = new BerWriter(64 + cookie.Length);
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteInteger(first);
        writer.WriteInteger(second);
        writer.WriteOctets(cookie.Span);
        writer.End(start);
        return writer.Finish();
    }
}
