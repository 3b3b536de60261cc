using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Tests.Addresses;

public sealed class AddressTests
{
    [Fact]
    public void It_is_a_value()
    {
        var address = Parse("anna@corp.example");
        Assert.Equal(address, Parse("anna@CORP.example."));
        Assert.Equal(address.GetHashCode(), Parse("anna@CORP.example.").GetHashCode());
        Assert.NotEqual(address, Parse("Anna@corp.example"));
        Assert.Equal("anna", address.LocalPart.ToString());
        Assert.Equal("corp.example", address.Domain.ToString());
    }

    [Theory]
    [InlineData("ANNA@corp.example", "anna@corp.example")]
    [InlineData("\u00C4RGER@corp.example", "\u00E4rger@corp.example")]
    [InlineData("\u00E4rger@corp.example", "\u00E4rger@corp.example")]
    [InlineData("\u039F\u03A3@corp.example", "\u03BF\u03C3@corp.example")]
    [InlineData("\U00010400@corp.example", "\U00010428@corp.example")]
    [InlineData("\u1E9E@corp.example", "\u00DF@corp.example")]
    public void Fold_lowers_the_local_part(string text, string expected)
    {
        var folded = Parse(text).Fold();
        Assert.Equal(expected, folded.Text);
        Assert.Equal(folded, Parse(expected));
        Assert.Equal("corp.example", folded.Domain.ToString());
        Assert.Same(folded, folded.Fold());
    }

    [Theory]
    [InlineData("anna@corp.example", "anna@corp.example")]
    [InlineData("\"a b\"@corp.example", "\"a b\"@corp.example")]
    [InlineData("\"plain\"@corp.example", "plain@corp.example")]
    [InlineData("a..b@corp.example", "\"a..b\"@corp.example")]
    [InlineData("a.@corp.example", "\"a.\"@corp.example")]
    [InlineData("\"\\\"\\\\\"@corp.example", "\"\\\"\\\\\"@corp.example")]
    [InlineData("g\u00FCl@corp.example", "g\u00FCl@corp.example")]
    public void A_mailbox_is_quoted_where_it_must_be(string text, string expected) => Assert.Equal(expected, Parse(text).ToMailbox());

    [Fact]
    public void Parts_are_exchanged()
    {
        var address = Parse("\"a b\"@corp.example");
        Assert.Equal("tom@corp.example", address.WithLocalPart("tom").Text);
        Assert.Equal("tom", address.WithLocalPart("tom").LocalPart.ToString());
        Assert.Equal("a b@other.example", address.WithDomain("other.example").Text);
        Assert.Equal("other.example", address.WithDomain("other.example").Domain.ToString());
    }

    [Fact]
    public void Every_mailbox_reads_back_as_the_same_address()
    {
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            if (AddressParser.TryParse(text, AddressSyntax.Unquoted, out var address) != AddressFault.None)
                return;
            var mailbox = address!.ToMailbox();
            Assert.Equal(address, Parse(mailbox));
            Assert.Equal(address, Parse($"<{mailbox}>"));
            Assert.Equal(address.Fold(), address.Fold().Fold());
            Assert.Equal(AddressFault.None, AddressParser.TryParse(Encoding.UTF8.GetBytes(mailbox), AddressSyntax.Mailbox, out var fromBytes));
            Assert.Equal(address, fromBytes);
            Assert.True(Encoding.UTF8.GetByteCount(address.Text) <= 254);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var text = Gen.ArrayOf(Gen.Choose(0, 0xFFFF).Select(c => (char)c)).Select(chars => new string(chars));
        var pieces = Gen.Elements("@", "\"", "\\", "<", ">", ":", ".", "[", "]", "a", "\u00FC", "\u0308", "\uD83D", "xn--", "-", " ", "\0", "[IPv6:", "1");
        var mixed = Gen.ArrayOf(Gen.OneOf(text, pieces)).Select(string.Concat);
        Prop.ForAll(mixed.ToArbitrary(), candidate =>
        {
            foreach (var syntax in Enum.GetValues<AddressSyntax>())
            {
                var fault = AddressParser.TryParse(candidate, syntax, out var address);
                Assert.Equal(fault == AddressFault.None, address is not null);
                if (address is not null)
                    Assert.Equal(address, Parse(address.ToMailbox()));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static Gen<string> Texts()
    {
        var local = Gen.ArrayOf(Gen.Elements("a", "B", ".", "\"", "\\", " ", "@", "+", "\u00FC", "u\u0308", "\u4E2D", "\u0130", "<", "\U0001F4A9")).Select(string.Concat);
        var label = Gen.NonEmptyListOf(Gen.Elements("a", "Z", "9", "-", "_", "\u00DC", "o\u0308", "\u4E2D", "\u00DF", "\uFF21")).Select(string.Concat);
        var domain = Gen.NonEmptyListOf(label).Select(labels => string.Join('.', labels));
        return from l in local from d in domain select $"{l}@{d}";
    }

    private static Address Parse(string text)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address));
        return address!;
    }
}
