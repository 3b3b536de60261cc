namespace LookupProxy.Endpoints.Tests.Http;

public sealed class ApiTests
{
    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v2/recipients/a@b.example", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    [InlineData("POST", "/v1/recipients/a@b.example", 405)]
    [InlineData("DELETE", "/health", 405)]
    [InlineData("GET", "/v1/directories/contoso/isolate", 405)]
    public async Task What_is_not_there_is_told_in_JSON(string method, string target, int status)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync(method, target);

        Assert.Equal(status, reply.Status);
        Assert.Equal("application/problem+json", reply.Headers.ContentType);
        Assert.Equal(status.ToString(), reply.Text("status"));
        Assert.Equal("nosniff", reply.Headers.XContentTypeOptions);
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_every_operation()
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.GetAsync("/openapi/v1.json");

        Assert.Equal(200, reply.Status);
        var operations = reply.Json.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name} {string.Join(',', operation.Value.GetProperty("responses").EnumerateObject().Select(static response => response.Name))}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "delete /v1/overrides/{address} 200,400,401,403,404",
                "get /health 200,503",
                "get /health/live 200",
                "get /health/ready 200,503",
                "get /health/startup 200,503",
                "get /metrics 200,404",
                "get /v1/overrides 200,401,403",
                "get /v1/recipients 200,400,404,503",
                "get /v1/recipients/{address} 200,400,404,503",
                "post /v1/cache/flush 200,400,401,403,413,415",
                "post /v1/directories/{name}/accept 200,401,403,404,409",
                "post /v1/directories/{name}/close 200,401,403,404",
                "post /v1/directories/{name}/isolate 200,401,403,404",
                "post /v1/directories/{name}/refresh 200,401,403,404",
                "put /v1/overrides/{address} 200,400,401,403,409,413,415",
            ],
            operations);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_parameters_words_and_meanings()
    {
        await using var http = await HttpFixture.StartAsync();

        var document = (await http.GetAsync("/openapi/v1.json")).Json;

        var get = document.GetProperty("paths").GetProperty("/v1/recipients/{address}").GetProperty("get");
        Assert.Equal(["address", "view", "explain"], get.GetProperty("parameters").EnumerateArray().Select(static parameter => parameter.GetProperty("name").GetString()));
        Assert.StartsWith("Try again later", get.GetProperty("responses").GetProperty("503").GetProperty("description").GetString(), StringComparison.Ordinal);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["valid", "invalid", "unknown", "notOurs"], schemas.GetProperty("VerdictKind").GetProperty("enum").EnumerateArray().Select(static word => word.GetString()));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("administrator").GetProperty("scheme").GetString());
        Assert.False(document.TryGetProperty("servers", out var servers) && servers.GetArrayLength() > 0);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_what_is_to_be_sent()
    {
        await using var http = await HttpFixture.StartAsync();

        var document = (await http.GetAsync("/openapi/v1.json")).Json;

        var schema = document.GetProperty("paths").GetProperty("/v1/overrides/{address}").GetProperty("put")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.EndsWith("/OverrideRequestBody", schema.GetProperty("$ref").GetString(), StringComparison.Ordinal);
        var body = document.GetProperty("components").GetProperty("schemas").GetProperty("OverrideRequestBody");
        Assert.Equal(["verdict", "for", "why"], body.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
    }
}
