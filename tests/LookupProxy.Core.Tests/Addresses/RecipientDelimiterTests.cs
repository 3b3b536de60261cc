using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Tests.Addresses;

public sealed class RecipientDelimiterTests
{
    [Theory]
    [InlineData("anna+news", "+", "anna")]
    [InlineData("anna+news+more", "+", "anna")]
    [InlineData("anna-news+more", "+-", "anna")]
    [InlineData("anna+", "+", "anna")]
    [InlineData("owner-list+x", "+", "owner-list")]
    [InlineData("ownership-x", "-", "ownership")]
    public void An_extension_is_split_at_the_first_delimiter(string localPart, string delimiters, string expected)
    {
        Assert.True(RecipientDelimiter.TrySplit(Parse(localPart), delimiters, out var address));
        Assert.Equal(expected + "@corp.example", address!.Text);
    }

    [Theory]
    [InlineData("anna", "+")]
    [InlineData("anna+news", "")]
    [InlineData("anna+news", "-")]
    [InlineData("+anna", "+")]
    [InlineData("+anna+news", "+")]
    [InlineData("Mailer-Daemon", "-")]
    [InlineData("double-bounce", "-")]
    [InlineData("owner-list", "-")]
    [InlineData("owner-list+x", "+-")]
    [InlineData("List-Request", "-")]
    public void These_are_never_split(string localPart, string delimiters) =>
        Assert.False(RecipientDelimiter.TrySplit(Parse(localPart), delimiters, out _));

    private static Address Parse(string localPart)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(localPart + "@corp.example", AddressSyntax.Unquoted, out var address));
        return address!;
    }
}
