namespace LookupProxy.Host.Tests.Configuration.Nodes;

public sealed class YamlTextTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Anchors_and_aliases_share_what_is_written_once()
    {
        var configuration = _text.Valid("""
            directories:
              contoso: { type: file, path: lookupproxy.yaml, format: list, breaker: &b { breakFor: 7s } }
              fabrikam: { type: file, path: lookupproxy.yaml, format: list, breaker: *b }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, fabrikam] }
            endpoints:
              http: { listen: "127.0.0.1:10080" }
            """);

        Assert.Equal(TimeSpan.FromSeconds(7), configuration.Resolver.Resilience["fabrikam"].Breaker.BreakFor);
    }

    [Theory]
    [InlineData("cache: *none", "lookupproxy.yaml:1:8: error: cache: no anchor \"none\" before this alias")]
    [InlineData("cache: &a [*a]", "lookupproxy.yaml:1:12: error: cache[0]: no anchor \"a\" before this alias")]
    [InlineData("? [a]\n: b", "lookupproxy.yaml:1:3: error: not YAML: a key of the file is no plain text")]
    [InlineData("a:\n\tb: c", "lookupproxy.yaml:2:1: error: not YAML: indented with a tab; use spaces")]
    [InlineData("just text", "lookupproxy.yaml:1:1: error: a section is expected, here is a value; allowed: directories, namespaces, views, endpoints, lookup, cache, telemetry, log, shutdown")]
    public void What_is_no_configuration_is_said_with_its_place(string text, string fault) => Assert.Contains(fault, _text.Faults(text));

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_exhaust_the_stack() =>
        Assert.Contains("more than 32 levels", Assert.Single(_text.Faults(new string('[', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_said_so()
    {
        var outcome = new Host.Configuration.ConfigurationLoader(_text.Environment, TimeProvider.System).Load("/none/lookupproxy.yaml");

        Assert.Equal("/none/lookupproxy.yaml: error: does not exist", Assert.Single(outcome.Faults).ToString());
        Assert.Null(outcome.Configuration);
    }
}
