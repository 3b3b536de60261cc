using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.TestKit.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests.Http;

/// <summary>The HTTP API in memory.</summary>
internal sealed class HttpFixture : IAsyncDisposable, IDirectoryHealthSource, IServerControl, ISnapshotControl
{
    public const string Token = "correct-horse";

    /// <summary>The view "shared" and the default one have corp.example; the view "other" has not.</summary>
    public static readonly NamespaceMap Namespaces = new(
        [new NamespaceOutline("shared", ["corp.example"], ["contoso", "fabrikam"])], new Dictionary<string, ImmutableArray<string>> { ["other"] = [] }, "default");

    private readonly WebApplication _app;

    private HttpFixture(HttpApiOptions? options, IMetricsText? metrics, IAnswerStore? store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<IRecipientResolver>(Resolver)
            .AddSingleton(Namespaces)
            .AddSingleton<IDirectoryHealthSource>(this)
            .AddSingleton<IServerControl>(this)
            .AddSingleton<ISnapshotControl>(this)
            .AddSingleton<IAlarmSource>(Alarms)
            .AddSingleton<IAcceptance>(Alarms)
            .AddSingleton<ICacheControl>(Administration)
            .AddSingleton<IOverrides>(Administration)
            .AddSingleton<TimeProvider>(new ManualTimeProvider())
            .AddSingleton<EndpointMetrics>()
            .AddLookupProxyApi(options ?? new HttpApiOptions { ReadAdminToken = static () => Token });
        if (metrics is not null)
            builder.Services.AddSingleton(metrics);
        if (store is not null)
            builder.Services.AddSingleton(store);
        _app = builder.Build();
        _app.UseLookupProxyApi();
        _app.MapLookupProxyApi();
        Server = _app.GetTestServer();
    }

    public TestServer Server { get; }

    public FakeResolver Resolver { get; } = new();

    public ImmutableArray<DirectoryHealth> Current { get; set; } = [Directory("contoso"), Directory("fabrikam")];

    public List<string> Changes { get; } = [];

    public FakeAlarms Alarms { get; } = new();

    public FakeAdministration Administration { get; } = new();

    public static async Task<HttpFixture> StartAsync(HttpApiOptions? options = null, IMetricsText? metrics = null, bool started = true, IAnswerStore? store = null)
    {
        var fixture = new HttpFixture(options, metrics, store);
        if (started)
            await fixture._app.StartAsync();
        return fixture;
    }

    public static DirectoryHealth Directory(string name, params BreakerState[] breakers) => new(
        name,
        "ldap",
        [.. (breakers.Length == 0 ? [BreakerState.Closed] : breakers).Select((breaker, i) => new ServerHealth(
            $"ldaps://dc{i + 1}.{name}.example", breaker, ManualTimeProvider.DefaultStart, ManualTimeProvider.DefaultStart, "timed out", TimeSpan.FromMilliseconds(1.5), 2))]);

    public Task<HttpReply> GetAsync(string target) => SendAsync("GET", target);

    /// <summary>As a client that writes its own request line does: nothing is encoded or normalised on the way.</summary>
    public async Task<HttpReply> SendAsync(string method, string target, string? authorization = null, string? body = null, string contentType = "application/json")
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var context = await Server.SendAsync(request =>
        {
            request.Request.Method = method;
            request.Request.Scheme = "http";
            request.Request.Host = new("localhost");
            // Kestrel decodes all of a path but the slash.
            request.Request.Path = string.Join("%2F", path.Split("%2F").Select(Uri.UnescapeDataString));
            request.Request.QueryString = new(question < 0 ? "" : target[question..]);
            request.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
            if (authorization is not null)
                request.Request.Headers.Authorization = authorization;
            if (body is null)
                return;
            var octets = Encoding.UTF8.GetBytes(body);
            request.Request.Body = new MemoryStream(octets);
            request.Request.ContentLength = octets.Length;
            request.Request.ContentType = contentType;
        });
        using var reader = new StreamReader(context.Response.Body);
        return new HttpReply(context.Response.StatusCode, context.Response.Headers, await reader.ReadToEndAsync());
    }

    public ValueTask<bool> IsolateAsync(string directory, string? server, CancellationToken cancellationToken) => ChangeAsync("isolate", directory, server);

    public ValueTask<bool> CloseAsync(string directory, string? server, CancellationToken cancellationToken) => ChangeAsync("close", directory, server);

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public bool Refresh(string directory)
    {
        if (!Current.Any(known => known.Name == directory && known.Snapshot is not null))
            return false;
        Changes.Add($"refresh {directory}");
        return true;
    }

    private ValueTask<bool> ChangeAsync(string change, string directory, string? server)
    {
        if (!Current.Any(known => known.Name == directory && (server is null || known.Servers.Any(replica => replica.Name == server))))
            return ValueTask.FromResult(false);
        Changes.Add($"{change} {directory} {server}");
        return ValueTask.FromResult(true);
    }
}

internal sealed record HttpReply(int Status, Microsoft.AspNetCore.Http.IHeaderDictionary Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Text(string property) => Json.TryGetProperty(property, out var value) ? value.ToString() : null;
}
