using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class RecipientsTests : IAsyncLifetime
{
    private HttpFixture _http = null!;

    public async ValueTask InitializeAsync() => _http = await HttpFixture.StartAsync();

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    [Fact]
    public async Task A_valid_recipient_is_found()
    {
        _http.Resolver.Valid("anna@corp.example", new Recipient
        {
            Directory = "contoso",
            Kind = RecipientKind.PublicFolder,
            PrimaryAddress = "Anna@corp.example",
            DistinguishedName = "cn=anna,dc=contoso,dc=example",
            Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>> { ["displayName"] = ["Anna"] }),
        });

        var reply = await _http.GetAsync("/v1/recipients/anna@corp.example");

        Assert.Equal(200, reply.Status);
        Assert.Equal("application/json", reply.Headers.ContentType);
        Assert.Equal("no-store", reply.Headers.CacheControl);
        Assert.Equal(
            """{"address":"anna@corp.example","verdict":"valid","action":"accept","namespace":"shared","decidedAs":"anna@corp.example","recipient":{"kind":"publicFolder","directory":"contoso","primaryAddress":"Anna@corp.example","disabled":false,"authenticatedSendersOnly":false,"attributes":{"displayName":["Anna"]}}}""",
            reply.Body);
    }

    [Fact]
    public async Task An_invalid_recipient_is_not_found()
    {
        _http.Resolver.Invalid("nobody@corp.example");

        var reply = await _http.GetAsync("/v1/recipients/nobody@corp.example");

        Assert.Equal(404, reply.Status);
        Assert.Equal("""{"address":"nobody@corp.example","verdict":"invalid","action":"reject","namespace":"shared"}""", reply.Body);
    }

    [Fact]
    public async Task A_domain_that_is_not_ours_says_so()
    {
        var reply = await _http.GetAsync("/v1/recipients/x@elsewhere.example");

        Assert.Equal(404, reply.Status);
        Assert.Equal("""{"address":"x@elsewhere.example","verdict":"notOurs","action":"none"}""", reply.Body);
    }

    [Fact]
    public async Task An_unknown_recipient_is_a_503_with_a_time_to_try_again()
    {
        _http.Resolver.Unknown("x@corp.example", reason: UnknownReason.CircuitOpen);

        var reply = await _http.GetAsync("/v1/recipients/x@corp.example");

        Assert.Equal(503, reply.Status);
        Assert.Equal("30", reply.Headers.RetryAfter);
        Assert.Equal("""{"address":"x@corp.example","verdict":"unknown","action":"defer","namespace":"shared","reason":"CircuitOpen"}""", reply.Body);
    }

    [Fact]
    public async Task An_unknown_recipient_that_the_operator_accepts_is_a_200_that_says_unknown()
    {
        _http.Resolver.Unknown("x@corp.example", WhenUnknown.Accept);

        var reply = await _http.GetAsync("/v1/recipients/x@corp.example");

        Assert.Equal(200, reply.Status);
        Assert.Equal(("unknown", "accept"), (reply.Text("verdict"), reply.Text("action")));
        Assert.Empty(reply.Headers.RetryAfter.ToString());
    }

    [Theory]
    [InlineData("anna%40corp.example", "anna@corp.example")]
    [InlineData("anna+news@corp.example", "anna+news@corp.example")]
    [InlineData("anna%2Bnews@corp.example", "anna+news@corp.example")]
    [InlineData("a%2Fb@corp.example", "a/b@corp.example")]
    [InlineData("a/b@corp.example", "a/b@corp.example")]
    [InlineData("a%252Fb@corp.example", "a%2Fb@corp.example")]
    [InlineData("user%@corp.example", "user%@corp.example")]
    [InlineData("jos%C3%A9@corp.example", "josé@corp.example")]
    [InlineData("%22a%20b%22@corp.example", "a b@corp.example")]
    [InlineData("anna@CORP.example", "anna@corp.example")]
    public async Task An_address_is_the_same_in_path_and_query_encoded_or_not(string written, string meant)
    {
        _http.Resolver.Invalid(meant);

        Assert.Equal("invalid", (await _http.GetAsync("/v1/recipients/" + written)).Text("verdict"));
        Assert.Equal("invalid", (await _http.GetAsync("/v1/recipients?address=" + written)).Text("verdict"));
        Assert.Equal("invalid", (await _http.GetAsync("/v1/recipients/?explain=false&address=" + written)).Text("verdict"));
    }

    [Theory]
    [InlineData("/v1/recipients/nobody")]
    [InlineData("/v1/recipients/a%00@corp.example")]
    [InlineData("/v1/recipients/a@b@corp.example")]
    [InlineData("/v1/recipients/a@-elsewhere-.example")]
    [InlineData("/v1/recipients/a@b@elsewhere.example?explain=maybe")]
    [InlineData("/v1/recipients/%FF@corp.example")]
    [InlineData("/v1/recipients/")]
    [InlineData("/v1/recipients")]
    [InlineData("/v1/recipients?address=")]
    [InlineData("/v1/recipients?address=a@corp.example&address=b@corp.example")]
    [InlineData("/v1/recipients/a@corp.example?explain=maybe")]
    [InlineData("/v1/recipients/a@corp.example?view=")]
    [InlineData("/v1/recipients/a@corp.example?view=a&view=b")]
    public async Task A_bad_question_is_a_400_and_never_a_lookup(string target)
    {
        var reply = await _http.GetAsync(target);

        Assert.Equal(400, reply.Status);
        Assert.Equal("application/problem+json", reply.Headers.ContentType);
        Assert.Equal("400", reply.Text("status"));
        Assert.NotNull(reply.Text("detail"));
        Assert.Empty(_http.Resolver.Asked);
    }

    [Theory]
    [InlineData("/v1/recipients/a%00@elsewhere.example", "a\\u0000@elsewhere.example")]
    [InlineData("/v1/recipients?address=a@b@Elsewhere.example", "a@b@Elsewhere.example")]
    [InlineData("/v1/recipients/@elsewhere.example", "@elsewhere.example")]
    [InlineData("/v1/recipients/a@b@corp.example?view=other", "a@b@corp.example")]
    public async Task What_a_local_part_may_be_in_domains_of_others_is_not_ours_to_say(string target, string address)
    {
        var reply = await _http.GetAsync(target);

        Assert.Equal(404, reply.Status);
        Assert.Equal($$"""{"address":"{{address}}","verdict":"notOurs","action":"none"}""", reply.Body);
        Assert.Empty(_http.Resolver.Asked);
    }

    [Fact]
    public async Task View_and_explain_reach_the_resolver()
    {
        await _http.GetAsync("/v1/recipients/a@corp.example?view=corp%20x&explain=true");
        await _http.GetAsync("/v1/recipients/a@corp.example");

        Assert.Equal(["corp x", null], _http.Resolver.Asked.Select(static asked => asked.View));
        Assert.Equal([true, false], _http.Resolver.Asked.Select(static asked => asked.Explain));
    }

    [Fact]
    public async Task Evidence_is_given_only_when_asked_for()
    {
        _http.Resolver.Say("a@corp.example", request => new Verdict
        {
            Kind = VerdictKind.Unknown,
            Address = request.Address,
            Namespace = "shared",
            Reason = UnknownReason.Timeout,
            Evidence =
            [
                new("contoso", Answer.No, EvidenceSource.Memory, TimeSpan.FromSeconds(12), TimeSpan.Zero) { AskedFor = Mail.Of("a@corp.example") },
                new("fabrikam", new Answer.Unknown(UnknownReason.Timeout, "no answer in 2 s"), EvidenceSource.Live, TimeSpan.Zero, TimeSpan.FromSeconds(2)),
                new("third", new Answer.Exists(new Recipient { Directory = "third" }), EvidenceSource.Stale, TimeSpan.FromDays(1), TimeSpan.Zero),
            ],
        });

        Assert.Null((await _http.GetAsync("/v1/recipients/a@corp.example")).Text("evidence"));
        Assert.Equal(
            """[{"directory":"contoso","answer":"absent","source":"memory","askedFor":"a@corp.example","ageSeconds":12,"tookSeconds":0},"""
            + """{"directory":"fabrikam","answer":"unknown","source":"live","reason":"Timeout","detail":"no answer in 2 s","ageSeconds":0,"tookSeconds":2},"""
            + """{"directory":"third","answer":"exists","source":"stale","ageSeconds":86400,"tookSeconds":0}]""",
            (await _http.GetAsync("/v1/recipients/a@corp.example?explain=true")).Text("evidence"));
    }

    [Fact]
    public async Task HEAD_says_the_same_without_a_body()
    {
        _http.Resolver.Unknown("x@corp.example");

        var reply = await _http.SendAsync("HEAD", "/v1/recipients/x@corp.example");

        Assert.Equal(503, reply.Status);
        Assert.Equal("30", reply.Headers.RetryAfter);
        Assert.Empty(reply.Body);
        Assert.True(reply.Headers.ContentLength > 0);
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_500_that_shows_nothing_and_never_a_404()
    {
        _http.Resolver.SayLater("x@corp.example", static _ => throw new InvalidOperationException("secret inside"));

        var reply = await _http.GetAsync("/v1/recipients/x@corp.example");

        Assert.Equal(500, reply.Status);
        Assert.Equal("""{"title":"Internal server error","status":500}""", reply.Body);
    }
}
