using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Core.Tests.Addresses.Unicode;

public sealed class PunycodeTests
{
    /// <summary>RFC 3492 7.1, and names in use.</summary>
    [Theory]
    [InlineData("\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F", "egbpdaj6bu4bxfgehfvwxn")]
    [InlineData("3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b")]
    [InlineData("\u30D1\u30D5\u30A3\u30FCde\u30EB\u30F3\u30D0", "de-jg4avhby1noc0d")]
    [InlineData("b\u00FCcher", "bcher-kva")]
    [InlineData("\U0001F4A9", "ls8h")]
    public void Known_names_go_both_ways(string label, string expected)
    {
        Span<char> encoded = stackalloc char[63];
        Assert.True(Punycode.TryEncode(label, encoded, out var written));
        Assert.Equal(expected, encoded[..written].ToString());
        var decoded = new StringBuilder();
        Assert.True(Punycode.TryDecode(expected, decoded));
        Assert.Equal(label, decoded.ToString());
    }

    [Theory]
    [InlineData("b\u00FC\u00FC")]
    [InlineData("99999999999999")]
    [InlineData("bcher-k")]
    [InlineData("bcher-k_a")]
    public void What_is_no_punycode_does_not_decode(string text) => Assert.False(Punycode.TryDecode(text, new StringBuilder()));

    [Fact]
    public void Too_long_a_result_is_refused()
    {
        Span<char> room = stackalloc char[8];
        Assert.False(Punycode.TryEncode("b\u00FCcher", room, out _));
    }

    /// <summary>Left to right only: the framework applies the bidi rule, which is a registry's business.</summary>
    [Fact]
    public void It_agrees_with_the_frameworks()
    {
        var framework = new IdnMapping { AllowUnassigned = true };
        var character = Gen.Elements("abcz09\u00FC\u00DF\u0142\u0436\u4E2D\u6587\uAC00".Select(c => c.ToString()).Append("\U0001F4A9").ToArray());
        var labels = Gen.Choose(1, 12).SelectMany(length => Gen.ArrayOf(character, length)).Select(string.Concat).Where(label => !label.All(char.IsAscii));
        Prop.ForAll(labels.ToArbitrary(), label =>
        {
            Span<char> encoded = stackalloc char[100];
            Assert.True(Punycode.TryEncode(label, encoded, out var written));
            Assert.Equal(framework.GetAscii(label), "xn--" + encoded[..written].ToString());
        }).QuickCheckThrowOnFailure();
    }
}
