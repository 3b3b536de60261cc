namespace LookupProxy.TestKit.Fuzzing;

/// <summary>Files that hold captured PDUs one after the other.</summary>
public static class LdapPdus
{
    public static IEnumerable<byte[]> Split(string path)
    {
        var bytes = File.ReadAllBytes(path);
        for (var start = 0; start < bytes.Length;)
        {
            var octets = bytes[start + 1] < 0x80 ? 0 : bytes[start + 1] & 0x7F;
            var length = octets == 0 ? bytes[start + 1] : bytes.AsSpan(start + 2, octets).ToArray().Aggregate(0, (sum, octet) => (sum << 8) | octet);
            var end = start + 2 + octets + length;
            yield return bytes[start..end];
            start = end;
        }
    }
}
