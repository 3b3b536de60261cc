using LookupProxy.Host.Telemetry;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Telemetry;

public sealed class OtlpHeadersTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Lines_become_headers_and_comments_do_not()
    {
        var file = _text.Write("headers", "# the collector's\nauthorization: Bearer a=b,c\n\nx-tenant:mail\n");

        Assert.Null(OtlpHeaders.FaultyLine(file));
        Assert.Equal([new("authorization", "Bearer a=b,c"), new("x-tenant", "mail")], OtlpHeaders.Read(file));
        Assert.Equal("authorization=Bearer%20a%3Db%2Cc,x-tenant=mail", OtlpHeaders.Join(OtlpHeaders.Read(file)));
    }

    [Fact]
    public void A_line_that_is_no_header_is_a_fault_of_the_configuration_and_not_repeated()
    {
        _text.Write("headers", "x-tenant: mail\nhunter2\n");

        Assert.Equal(
            ["lookupproxy.yaml:7:44: error: telemetry.otlp.headersFile: line 2 of the file is no \"name: value\""],
            _text.Faults(ConfigurationText.Minimal + "telemetry: { otlp: { endpoint: http://c:1, headersFile: headers } }\n"));
    }
}
