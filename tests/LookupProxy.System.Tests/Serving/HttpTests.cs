using System.Net;
using System.Text.Json;

namespace LookupProxy.SystemTests.Serving;

public sealed class HttpTests(TwoLists lab) : IClassFixture<TwoLists>
{
    [Theory]
    [InlineData("anna@corp.example", HttpStatusCode.OK, "valid")]
    [InlineData("zoe%40corp.example", HttpStatusCode.OK, "valid")]
    [InlineData("nobody@corp.example", HttpStatusCode.NotFound, "invalid")]
    [InlineData("someone@elsewhere.example", HttpStatusCode.NotFound, "notOurs")]
    public async Task The_status_and_the_body_are_the_verdict(string address, HttpStatusCode status, string verdict)
    {
        using var response = await lab.Proxy.GetAsync($"/v1/recipients/{address}");

        Assert.Equal(status, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(verdict, body.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Explain_gives_the_evidence_of_each_directory()
    {
        using var body = JsonDocument.Parse(await lab.Proxy.GetTextAsync("/v1/recipients/both@corp.example?explain=true"));

        var evidence = body.RootElement.GetProperty("evidence").EnumerateArray().Select(static said => said.GetProperty("directory").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["contoso", "fabrikam"], evidence);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    public async Task What_monitors_and_tools_read_is_there(string path)
    {
        using var body = JsonDocument.Parse(await lab.Proxy.GetTextAsync(path));

        Assert.Equal(JsonValueKind.Object, body.RootElement.ValueKind);
    }
}
