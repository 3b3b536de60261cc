using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.TestKit.Addresses;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class OverridesTests
{
    private const string Admin = "Bearer " + HttpFixture.Token;
    private const string Valid = """{"verdict":"valid","for":"2h","why":"moved today"}""";

    [Fact]
    public async Task An_override_is_set_listed_and_removed()
    {
        await using var http = await HttpFixture.StartAsync();

        var set = await http.SendAsync("PUT", "/v1/overrides/new%2Bone@CORP.example", Admin, Valid);

        const string Entry = """{"address":"new\u002Bone@corp.example","verdict":"valid","until":"2030-01-01T02:00:00+00:00","why":"moved today","setAt":"2030-01-01T00:00:00+00:00" """;
        Assert.Equal((200, Entry.TrimEnd() + ""","allNodesTold":true,"storeWritten":true}"""), (set.Status, set.Body));
        var kept = Assert.Single(http.Administration.Current);
        Assert.Equal(("new+one@corp.example", true, TimeSpan.FromHours(2)), (kept.Address.Text, kept.IsValid, kept.Until - kept.SetAt));

        var list = await http.SendAsync("GET", "/v1/overrides", Admin);
        Assert.Equal((200, $$"""{"overrides":[{{Entry.TrimEnd()}}}]}"""), (list.Status, list.Body));

        var removed = await http.SendAsync("DELETE", "/v1/overrides/new+one@corp.example", Admin);
        Assert.Equal((200, """{"address":"new\u002Bone@corp.example","allNodesTold":true,"storeWritten":true}"""), (removed.Status, removed.Body));
        Assert.Empty(http.Administration.Current);
        Assert.Equal(404, (await http.SendAsync("DELETE", "/v1/overrides/new+one@corp.example", Admin)).Status);
    }

    [Fact]
    public async Task Those_that_end_first_come_first()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Administration.Current = [Entry("late", 9), Entry("soon", 1), Entry("next", 5)];

        var list = await http.SendAsync("GET", "/v1/overrides", Admin);

        Assert.Equal(
            ["soon@corp.example", "next@corp.example", "late@corp.example"],
            list.Json.GetProperty("overrides").EnumerateArray().Select(static entry => entry.GetProperty("address").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"verdict":"valid","for":"2h"}""")]
    [InlineData("""{"verdict":"valid","for":"2h","why":"x","whom":"y"}""")]
    [InlineData("""{"verdict":"unknown","for":"2h","why":"x"}""")]
    [InlineData("""{"verdict":0,"for":"2h","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"2","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":2,"why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"31d","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"999999999999999d","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"0s","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"-1h","why":"x"}""")]
    [InlineData("""{"verdict":"valid","for":"2h","why":" "}""")]
    [InlineData("""{"verdict":"valid","for":"2h","why":"two\nlines"}""")]
    [InlineData("""{"verdict":"valid","for":null,"why":"x"}""")]
    public async Task A_body_that_is_not_clear_sets_nothing(string body)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("PUT", "/v1/overrides/anna@corp.example", Admin, body);

        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.Headers.ContentType.ToString()));
        Assert.NotEqual("", reply.Text("detail"));
        Assert.Empty(http.Administration.Current);
    }

    [Fact]
    public async Task Too_many_are_refused()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Administration.IsFull = true;

        var reply = await http.SendAsync("PUT", "/v1/overrides/anna@corp.example", Admin, Valid);

        Assert.Equal((409, "Conflict"), (reply.Status, reply.Text("title")));
    }

    [Theory]
    [InlineData("/v1/overrides/POSTMASTER@corp.example", "postmaster is always valid (RFC 5321 4.5.1).")]
    [InlineData("/v1/overrides/anna@elsewhere.example", "No namespace has the domain elsewhere.example: the override would change nothing.")]
    public async Task What_would_change_nothing_is_refused(string target, string why)
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("PUT", target, Admin, Valid.Replace("\"valid\"", "\"invalid\"", StringComparison.Ordinal));

        Assert.Equal((400, why), (reply.Status, reply.Text("detail")));
        Assert.Empty(http.Administration.Current);
    }

    [Theory]
    [InlineData("/v1/overrides/anna")]
    [InlineData("/v1/overrides/%FF@corp.example")]
    public async Task What_is_no_address_is_said_so(string target)
    {
        await using var http = await HttpFixture.StartAsync();

        Assert.Equal(400, (await http.SendAsync("PUT", target, Admin, Valid)).Status);
        Assert.Equal(400, (await http.SendAsync("DELETE", target, Admin)).Status);
        Assert.Empty(http.Administration.Current);
    }

    [Theory]
    [InlineData("GET", "/v1/overrides")]
    [InlineData("PUT", "/v1/overrides/anna@corp.example")]
    [InlineData("DELETE", "/v1/overrides/anna@corp.example")]
    public async Task Nobody_but_the_administrator_reads_or_writes(string method, string target)
    {
        await using var http = await HttpFixture.StartAsync();
        http.Administration.Current = [Entry("anna", 1)];

        var reply = await http.SendAsync(method, target, "Bearer other", method == "PUT" ? Valid : null);

        Assert.Equal(401, reply.Status);
        Assert.DoesNotContain("anna", reply.Body, StringComparison.Ordinal);
        Assert.True(Assert.Single(http.Administration.Current).IsValid);
    }

    private static Override Entry(string localPart, int hours) =>
        new(Mail.Of($"{localPart}@corp.example"), true, ManualTimeProvider.DefaultStart.AddHours(hours), "x", ManualTimeProvider.DefaultStart);
}
