using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Tests.Addresses;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("Corp.Example.", "corp.example")]
    [InlineData("B\u00DCcher.example", "xn--bcher-kva.example")]
    [InlineData("\u4E2D\u56FD", "xn--fiqs8s")]
    [InlineData("stra\u00DFe.example", "xn--strae-oqa.example")]
    [InlineData("\u0130stanbul.example", "xn--istanbul-o0e.example")]
    [InlineData("[192.0.2.1]", "[192.0.2.1]")]
    public void It_is_normalized(string text, string expected)
    {
        Assert.True(DomainName.TryNormalize(text, out var domain));
        Assert.Equal(expected, domain);
        Assert.True(DomainName.TryNormalize(domain, out var again));
        Assert.Equal(domain, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("corp..example")]
    [InlineData("@corp.example")]
    [InlineData("corp.example/")]
    [InlineData("a\u2028b.example")]
    [InlineData("a\u00A0b.example")]
    [InlineData("a\uE000b.example")]
    public void What_is_no_domain_is_refused(string text) => Assert.False(DomainName.TryNormalize(text, out _));

    [Theory]
    [InlineData("xn--bcher-kva.example", "b\u00FCcher.example")]
    [InlineData("mail.xn--bcher-kva.xn--fiqs8s", "mail.b\u00FCcher.\u4E2D\u56FD")]
    [InlineData("corp.example", "corp.example")]
    [InlineData("xn--a.example", "xn--a.example")]
    [InlineData("xn--bcher-2pa.example", "xn--bcher-2pa.example")]
    [InlineData("xn--abc.example", "xn--abc.example")]
    public void A_labels_are_shown_as_U_labels_when_they_are_sound(string domain, string expected) =>
        Assert.Equal(expected, DomainName.ToUnicode(domain));
}
