using LookupProxy.Core.Addresses;
using LookupProxy.Core.Storage;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class FlushTests
{
    private const string Admin = "Bearer " + HttpFixture.Token;

    public static TheoryData<string, string> Scopes => new()
    {
        { """{"address":"Anna@CORP.example"}""", "OfAddress { Address = Anna@corp.example }" },
        { """{"domain":"Müller.example"}""", "OfDomain { Domain = xn--mller-kva.example }" },
        { """{"all":true}""", "OfAll { }" },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task What_is_named_is_forgotten(string body, string scope)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("POST", "/v1/cache/flush", Admin, body);

        Assert.Equal((200, """{"sheets":3,"allNodesTold":true,"storeWritten":true}"""), (reply.Status, reply.Body));
        Assert.Equal(scope, Assert.Single(http.Administration.Flushed).ToString());
    }

    [Fact]
    public async Task It_is_said_when_other_nodes_could_not_be_told()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Administration.AllNodesTold = false;

        var reply = await http.SendAsync("POST", "/v1/cache/flush", Admin, """{"all":true}""");

        Assert.Equal((200, """{"sheets":3,"allNodesTold":false,"storeWritten":true}"""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task It_is_said_when_the_store_could_not_be_written()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Administration.StoreWritten = false;

        var reply = await http.SendAsync("POST", "/v1/cache/flush", Admin, """{"all":true}""");

        Assert.Equal((200, """{"sheets":3,"allNodesTold":true,"storeWritten":false}"""), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"all":false}""")]
    [InlineData("""{"all":"yes"}""")]
    [InlineData("""{"al":true}""")]
    [InlineData("""{"address":"anna"}""")]
    [InlineData("""{"address":""}""")]
    [InlineData("""{"domain":"corp..example"}""")]
    [InlineData("""{"domain":"corp.example","all":true}""")]
    [InlineData("""{"address":"anna@corp.example","domain":"corp.example"}""")]
    public async Task A_body_that_is_not_clear_flushes_nothing(string body)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("POST", "/v1/cache/flush", Admin, body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.Headers.ContentType.ToString()));
        Assert.NotEqual("", reply.Text("detail"));
        Assert.Empty(http.Administration.Flushed);
    }

    [Fact]
    public async Task Only_the_administrator_may_and_only_in_JSON()
    {
        await using var http = await HttpFixture.StartAsync();

        Assert.Equal(401, (await http.SendAsync("POST", "/v1/cache/flush", "Bearer other", """{"all":true}""")).Status);
        var notJson = await http.SendAsync("POST", "/v1/cache/flush", Admin, """{"all":true}""", "application/x-www-form-urlencoded");
        Assert.Equal((415, "Send the body as 'Content-Type: application/json'."), (notJson.Status, notJson.Text("detail")));
        Assert.Equal(405, (await http.SendAsync("GET", "/v1/cache/flush", Admin)).Status);
        Assert.Empty(http.Administration.Flushed);
    }

    [Fact]
    public void A_scope_is_value_equal() =>
        Assert.Equal<FlushScope>(new FlushScope.OfAddress(Mail.Of("anna@corp.example")), new FlushScope.OfAddress(Mail.Of("anna@CORP.example")));
}
