using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;

namespace LookupProxy.Storage.Redis.News;

/// <summary>News as octets: a version, the node that tells them, what they are, a checksum.</summary>
internal static class NewsCodec
{
    private const byte Version = 1;
    private const string ChecksumKey = "news";

    private enum Kind : byte
    {
        FlushAddress = 1,
        FlushDomain,
        FlushAll,
        Set,
        Removal,
    }

    public static byte[] Encode(string node, NewsItem item)
    {
        var writer = new OctetWriter();
        writer.Octet(Version);
        writer.Text(node);
        switch (item)
        {
            case NewsItem.Flush { Scope: FlushScope.OfAddress scope }:
                writer.Octet((byte)Kind.FlushAddress);
                writer.Text(scope.Address.Text);
                break;
            case NewsItem.Flush { Scope: FlushScope.OfDomain scope }:
                writer.Octet((byte)Kind.FlushDomain);
                writer.Text(scope.Domain);
                break;
            case NewsItem.Set { Entry: var entry }:
                writer.Octet((byte)Kind.Set);
                writer.Text(entry.Address.Text);
                writer.Octet(entry.IsValid ? (byte)1 : (byte)0);
                writer.Number(Milliseconds(entry.Until));
                writer.Number(Milliseconds(entry.SetAt));
                writer.Text(entry.Why);
                break;
            case NewsItem.Removal removal:
                writer.Octet((byte)Kind.Removal);
                writer.Text(removal.Address);
                break;
            default:
                writer.Octet((byte)Kind.FlushAll);
                break;
        }

        return writer.Finish(ChecksumKey);
    }

    /// <summary>Null when they are damaged, or of a version that is not this one.</summary>
    public static NewsItem? Decode(ReadOnlySpan<byte> octets, out string node)
    {
        node = "";
        if (!Checksum.TryStrip(octets, ChecksumKey, out var body))
            return null;
        var reader = new OctetReader(body);
        if (!reader.TryOctet(out var version) || version != Version || !reader.TryText(out var from) || !reader.TryOctet(out var kind))
            return null;
        node = from;
        return (Kind)kind switch
        {
            Kind.FlushAddress => TryAddress(ref reader, out var address) ? new NewsItem.Flush(new FlushScope.OfAddress(address)) : null,
            Kind.FlushDomain => reader.TryText(out var domain) ? new NewsItem.Flush(new FlushScope.OfDomain(domain)) : null,
            Kind.FlushAll => new NewsItem.Flush(new FlushScope.OfAll()),
            Kind.Set => ReadOverride(ref reader) is { } entry ? new NewsItem.Set(entry) : null,
            Kind.Removal => reader.TryText(out var removed) ? new NewsItem.Removal(removed) : null,
            _ => null,
        };
    }

    private static Override? ReadOverride(ref OctetReader reader) =>
        TryAddress(ref reader, out var address) && reader.TryOctet(out var isValid) && reader.TryTime(out var until) && reader.TryTime(out var setAt) && reader.TryText(out var why)
            ? new Override(address, isValid != 0, until, why, setAt)
            : null;

    private static bool TryAddress(ref OctetReader reader, out Address address)
    {
        address = null!;
        return reader.TryText(out var text) && AddressParser.TryParse(text, AddressSyntax.Unquoted, out address!) == AddressFault.None;
    }

    private static ulong Milliseconds(DateTimeOffset time) => (ulong)Math.Max(time.ToUnixTimeMilliseconds(), 0);
}
