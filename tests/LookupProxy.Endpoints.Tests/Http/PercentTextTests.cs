using LookupProxy.Endpoints.Http.Recipients;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class PercentTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("%41%42c%44", "ABcD")]
    [InlineData("a%2bb+c", "a+b+c")]
    [InlineData("100%", "100%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("%%41", "%A")]
    [InlineData("é%C3%A9€", "éé€")]
    [InlineData("%F0%9F%98%80", "😀")]
    [InlineData("%2541", "%41")]
    public void Escapes_are_undone_once(string text, string decoded)
    {
        Assert.True(PercentText.TryDecode(text, out var actual));
        Assert.Equal(decoded, actual);
    }

    [Theory]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("%C0%80")]
    public void What_is_not_UTF8_is_refused(string text) => Assert.False(PercentText.TryDecode(text, out _));
}
