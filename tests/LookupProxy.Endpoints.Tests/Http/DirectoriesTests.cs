using LookupProxy.Endpoints.Http;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class DirectoriesTests
{
    private const string Admin = "Bearer " + HttpFixture.Token;

    [Fact]
    public async Task The_administrator_isolates_and_closes()
    {
        await using var http = await HttpFixture.StartAsync();

        var isolated = await http.SendAsync("POST", "/v1/directories/contoso/isolate", Admin);
        var closed = await http.SendAsync("POST", "/v1/directories/contoso/close?server=ldaps%3A%2F%2Fdc1.contoso.example", Admin);

        Assert.Equal((200, "contoso"), (isolated.Status, isolated.Text("name")));
        Assert.Equal(200, closed.Status);
        Assert.Equal(["isolate contoso ", "close contoso ldaps://dc1.contoso.example"], http.Changes);
    }

    [Fact]
    public async Task The_administrator_accepts_what_is_refused()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Alarms.Refused = "contoso";

        var accepted = await http.SendAsync("POST", "/v1/directories/contoso/accept", Admin);
        var nothing = await http.SendAsync("POST", "/v1/directories/fabrikam/accept", Admin);
        var nowhere = await http.SendAsync("POST", "/v1/directories/nowhere/accept", Admin);

        Assert.Equal((200, """{"directory":"contoso","accepted":["40 recipients are gone"]}"""), (accepted.Status, accepted.Body));
        Assert.Equal((409, 404), (nothing.Status, nowhere.Status));
        Assert.Equal(401, (await http.SendAsync("POST", "/v1/directories/contoso/accept")).Status);
    }

    [Fact]
    public async Task The_administrator_has_a_local_copy_read_anew()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Current = [HttpFixture.Directory("contoso") with { Snapshot = HealthTests.Copy }, HttpFixture.Directory("fabrikam")];

        var refreshed = await http.SendAsync("POST", "/v1/directories/contoso/refresh", Admin);

        Assert.Equal((200, "contoso"), (refreshed.Status, refreshed.Text("name")));
        Assert.Equal(404, (await http.SendAsync("POST", "/v1/directories/fabrikam/refresh", Admin)).Status);
        Assert.Equal(401, (await http.SendAsync("POST", "/v1/directories/contoso/refresh")).Status);
        Assert.Equal(["refresh contoso"], http.Changes);
    }

    [Theory]
    [InlineData("/v1/directories/nowhere/isolate")]
    [InlineData("/v1/directories/contoso/close?server=ldap://other")]
    [InlineData("/v1/directories/contoso/isolate?server=")]
    public async Task A_name_that_is_not_there_is_not_found(string target)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("POST", target, Admin);

        Assert.Equal(404, reply.Status);
        Assert.Contains("/health", reply.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(http.Changes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer correct-hors")]
    [InlineData("Bearer correct-horses")]
    [InlineData("Bearer Correct-horse")]
    [InlineData("Basic " + HttpFixture.Token)]
    [InlineData(HttpFixture.Token)]
    public async Task Without_the_token_nothing_changes(string? authorization)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("POST", "/v1/directories/contoso/isolate", authorization);

        Assert.Equal(401, reply.Status);
        Assert.Equal("Bearer", reply.Headers.WWWAuthenticate);
        Assert.Empty(http.Changes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_configured_token_nobody_may_and_is_told_what_to_do(string? token)
    {
        await using var http = await HttpFixture.StartAsync(new HttpApiOptions { ReadAdminToken = token is null ? null : () => token });

        var reply = await http.SendAsync("POST", "/v1/directories/contoso/isolate", "Bearer ");

        Assert.Equal(403, reply.Status);
        Assert.Contains("adminTokenFile", reply.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(http.Changes);
    }

    [Fact]
    public async Task A_new_token_counts_at_once()
    {
        var token = "one";
        await using var http = await HttpFixture.StartAsync(new HttpApiOptions { ReadAdminToken = () => token });

        Assert.Equal(200, (await http.SendAsync("POST", "/v1/directories/contoso/close", "Bearer one")).Status);
        token = "two";
        Assert.Equal(401, (await http.SendAsync("POST", "/v1/directories/contoso/close", "Bearer one")).Status);
    }
}
