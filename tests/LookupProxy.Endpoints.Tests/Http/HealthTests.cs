using System.IO.Pipelines;
using System.Text;
using LookupProxy.Core.Health;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Http;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Http;

public sealed class HealthTests
{
    public static SnapshotHealth Copy { get; } = new(
        "primary", SnapshotState.TooOld, 7, ManualTimeProvider.DefaultStart, ManualTimeProvider.DefaultStart, ManualTimeProvider.DefaultStart, "timeout: slow", null)
    {
        Reading = 3,
        Expected = 9,
    };

    [Fact]
    public async Task A_local_copy_shows_with_its_directory()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Current = [HttpFixture.Directory("contoso") with { Snapshot = Copy }];

        var health = await http.GetAsync("/health");

        Assert.Equal(
            """{"mode":"primary","state":"tooOld","recipients":7,"readAt":"2030-01-01T00:00:00+00:00","fullAt":"2030-01-01T00:00:00+00:00","lastErrorAt":"2030-01-01T00:00:00+00:00","lastError":"timeout: slow","reading":3,"expected":9}""",
            health.Json.GetProperty("directories")[0].GetProperty("snapshot").GetRawText());
    }

    [Fact]
    public async Task While_all_directories_answer_it_is_healthy()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Current = [HttpFixture.Directory("contoso")];

        var reply = await http.GetAsync("/health");

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            """{"status":"healthy","directories":[{"name":"contoso","type":"ldap","status":"healthy","servers":[{"name":"ldaps://dc1.contoso.example","breaker":"closed","lastSuccess":"2030-01-01T00:00:00+00:00","lastErrorAt":"2030-01-01T00:00:00+00:00","lastError":"timed out","latencySeconds":0.0015,"outstanding":2}]}],"alarms":[]}""",
            reply.Body);
    }

    [Theory]
    [InlineData(BreakerState.Closed, BreakerState.HalfOpen, "healthy", 200, "ready")]
    [InlineData(BreakerState.Closed, BreakerState.Open, "degraded", 200, "degraded")]
    [InlineData(BreakerState.Isolated, BreakerState.Closed, "degraded", 200, "degraded")]
    [InlineData(BreakerState.Isolated, BreakerState.Open, "unhealthy", 503, "degraded")]
    public async Task Directories_that_are_down_show_in_health_and_never_make_it_unready(BreakerState first, BreakerState second, string status, int code, string ready)
    {
        await using var http = await HttpFixture.StartAsync();
        http.Current = [HttpFixture.Directory("contoso", first), HttpFixture.Directory("fabrikam", second)];

        var health = await http.GetAsync("/health");
        var readiness = await http.GetAsync("/health/ready");

        Assert.Equal((code, status), (health.Status, health.Text("status")));
        Assert.Equal((200, ready), (readiness.Status, readiness.Text("status")));
    }

    [Theory]
    [InlineData(true, null, "healthy", """{"type":"redis","working":true,"sheets":7,"pending":1,"dropped":2}""")]
    [InlineData(false, "not reached", "degraded", """{"type":"redis","working":false,"detail":"not reached","sheets":7,"pending":1,"dropped":2}""")]
    public async Task A_store_that_does_not_work_shows(bool works, string? detail, string status, string body)
    {
        await using var http = await HttpFixture.StartAsync(store: new FakeStore(new StoreHealth(works, detail, 7, 1, 2)));

        var health = await http.GetAsync("/health");

        Assert.Equal((200, status), (health.Status, health.Text("status")));
        Assert.Equal(body, health.Json.GetProperty("store").GetRawText());
    }

    [Fact]
    public async Task One_replica_of_a_directory_that_is_down_degrades_it()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Current = [HttpFixture.Directory("contoso", BreakerState.Open, BreakerState.Closed)];

        var health = await http.GetAsync("/health");

        Assert.Equal(200, health.Status);
        Assert.Equal("degraded", health.Json.GetProperty("directories")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_alarm_degrades_what_answers_and_never_makes_it_unready()
    {
        await using var http = await HttpFixture.StartAsync();
        http.Alarms.Current = [new Alarm("mass-absence", "contoso", "most are gone", ManualTimeProvider.DefaultStart)];

        var health = await http.GetAsync("/health");
        var readiness = await http.GetAsync("/health/ready");

        Assert.Equal((200, "degraded"), (health.Status, health.Text("status")));
        Assert.Equal(
            """[{"name":"mass-absence","subject":"contoso","text":"most are gone","since":"2030-01-01T00:00:00+00:00"}]""",
            health.Json.GetProperty("alarms").GetRawText());
        Assert.Equal((200, "degraded"), (readiness.Status, readiness.Text("status")));
    }

    [Fact]
    public async Task It_is_ready_from_start_to_stop()
    {
        await using var http = await HttpFixture.StartAsync();
        Assert.Equal(200, (await http.GetAsync("/health/startup")).Status);
        Assert.Equal(200, (await http.GetAsync("/health/live")).Status);

        await http.StopAsync();

        Assert.Equal((503, "stopping"), await StatusOf(http, "/health/ready"));
        Assert.Equal(200, (await http.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task HEAD_works_for_probes()
    {
        await using var http = await HttpFixture.StartAsync();

        var reply = await http.SendAsync("HEAD", "/health/ready");

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public async Task Metrics_come_from_their_owner()
    {
        await using var without = await HttpFixture.StartAsync();
        await using var with = await HttpFixture.StartAsync(metrics: new SomeMetrics());

        Assert.Equal(404, (await without.GetAsync("/metrics")).Status);
        var reply = await with.GetAsync("/metrics");
        Assert.Equal((200, "up 1\n"), (reply.Status, reply.Body));
        Assert.Equal("text/plain; version=0.0.4", reply.Headers.ContentType);
    }

    private static async Task<(int Status, string? Word)> StatusOf(HttpFixture http, string target)
    {
        var reply = await http.GetAsync(target);
        return (reply.Status, reply.Text("status"));
    }

    private sealed class SomeMetrics : IMetricsText
    {
        public string ContentType => "text/plain; version=0.0.4";

        public async ValueTask WriteAsync(PipeWriter output, CancellationToken cancellationToken) =>
            await output.WriteAsync(Encoding.ASCII.GetBytes("up 1\n"), cancellationToken);
    }
}
