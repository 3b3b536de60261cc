using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Tests.Configuration.Values;

public sealed class DurationsTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("4s", 4_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0.5m", 30_000)]
    [InlineData("\"4s\"", 4_000)]
    public void A_number_and_a_unit_make_a_duration(string written, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _text.Load(ConfigurationText.Minimal + $"lookup: {{ deadline: {written} }}").Configuration!.Resolver.Deadline);

    [Theory]
    [InlineData("4")]
    [InlineData("4 s")]
    [InlineData("s")]
    [InlineData("-4s")]
    [InlineData("4sec")]
    [InlineData("1e3ms")]
    [InlineData("99999999999999999999999s")]
    [InlineData("0s")]
    [InlineData("00:00:04")]
    public void Anything_else_is_refused(string written) =>
        Assert.Contains("lookup.deadline", Assert.Single(_text.Faults(ConfigurationText.Minimal + $"lookup: {{ deadline: \"{written}\" }}")), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(500, "500ms")]
    [InlineData(1_000, "1s")]
    [InlineData(60_000, "1m")]
    [InlineData(90_000, "90s")]
    [InlineData(3_600_000, "1h")]
    [InlineData(7L * 24 * 3_600_000, "7d")]
    public void A_duration_is_shown_in_the_largest_unit_that_is_exact(long milliseconds, string shown) =>
        Assert.Equal(shown, Durations.Write(TimeSpan.FromMilliseconds(milliseconds)));
}
