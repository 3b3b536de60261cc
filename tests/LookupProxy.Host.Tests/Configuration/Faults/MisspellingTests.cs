using LookupProxy.Host.Configuration.Faults;

namespace LookupProxy.Host.Tests.Configuration.Faults;

public sealed class MisspellingTests
{
    private static readonly string[] Words = ["timeout", "baseDn", "servers", "information", "tls"];

    [Theory]
    [InlineData("timout", "timeout")]
    [InlineData("TimeOut", "timeout")]
    [InlineData("tiemout", "timeout")]
    [InlineData("base_dn", "baseDn")]
    [InlineData("server", "servers")]
    [InlineData("info", "information")]
    [InlineData("tsl", "tls")]
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_found_when_one_is_near(string written, string? meant) => Assert.Equal(meant, Misspelling.Nearest(written, Words));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "ABC", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "abd", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_changes(string left, string right, int distance)
    {
        Assert.Equal(distance, Misspelling.Distance(left, right));
        Assert.Equal(distance, Misspelling.Distance(right, left));
    }
}
