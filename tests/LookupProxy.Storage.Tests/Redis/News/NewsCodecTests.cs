using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis.News;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Storage.Tests.Redis.News;

public sealed class NewsCodecTests
{
    private static readonly DateTimeOffset Noon = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    internal static NewsItem[] All { get; } =
    [
        new NewsItem.Flush(new FlushScope.OfAddress(Mail.Of("\"a b\"@corp.example"))),
        new NewsItem.Flush(new FlushScope.OfDomain("xn--mller-kva.example")),
        new NewsItem.Flush(new FlushScope.OfAll()),
        new NewsItem.Set(new Override(Mail.Of("Öl@corp.example"), false, Noon.AddMilliseconds(1), "left, says Åsa", Noon)),
        new NewsItem.Set(new Override(Mail.Of("anna@corp.example"), true, Noon, "", Noon)),
        new NewsItem.Removal("a@b@corp.example"),
    ];

    [Fact]
    public void News_come_back_as_they_were()
    {
        foreach (var item in All)
        {
            Assert.Equal(item, NewsCodec.Decode(NewsCodec.Encode("node", item), out var from));
            Assert.Equal("node", from);
        }
    }

    [Fact]
    public void Damaged_news_are_none()
    {
        foreach (var octets in All.Select(static item => NewsCodec.Encode("node", item)))
        {
            for (var i = 0; i < octets.Length; i++)
            {
                Assert.Null(NewsCodec.Decode(octets.AsSpan(0, i), out _));
                var damaged = octets.ToArray();
                damaged[i] ^= 0x10;
                Assert.Null(NewsCodec.Decode(damaged, out _));
            }
        }
    }

}
