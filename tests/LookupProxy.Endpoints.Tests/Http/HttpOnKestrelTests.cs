using System.Net;
using System.Net.Sockets;
using System.Text;
using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests.Http;

/// <summary>What only Kestrel itself does: request lines as clients write them, and its limits.</summary>
public sealed class HttpOnKestrelTests : IAsyncLifetime
{
    private readonly FakeResolver _resolver = new FakeResolver().Valid("a+b/c@corp.example").Invalid("a%2Fb@corp.example");
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var health = await HttpFixture.StartAsync(started: false);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            HttpLimits.Configure(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Use(HalfClosed.Answer));
        });
        builder.Services
            .AddSingleton<IRecipientResolver>(_resolver)
            .AddSingleton(HttpFixture.Namespaces)
            .AddSingleton<IDirectoryHealthSource>(health)
            .AddSingleton<IServerControl>(health)
            .AddSingleton<ICacheControl>(health.Administration)
            .AddSingleton<IOverrides>(health.Administration)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<EndpointMetrics>()
            .AddLookupProxyApi(new HttpApiOptions());
        _app = builder.Build();
        _app.UseLookupProxyApi();
        _app.MapLookupProxyApi();
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("GET /v1/recipients?address=a+b/c@corp.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: rspamd-3.4\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET /v1/recipients/a+b/c@corp.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET /v1/recipients/a%2Bb%2fc%40corp.example?explain=true HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET http://x/v1/recipients/a+b%2Fc@corp.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET /v1/recipients/a%252Fb@corp.example HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 404")]
    [InlineData("GET /v1/recipients/a%252Fb@corp.example HTTP/1.0\r\n\r\n", "HTTP/1.1 404")]
    [InlineData("rubbish\r\n\r\n", "HTTP/1.1 400")]
    public async Task Request_lines_are_understood_as_written(string request, string status) =>
        Assert.StartsWith(status, await AskAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task A_request_line_without_end_is_refused() =>
        Assert.StartsWith("HTTP/1.1 414", await AskAsync("GET /v1/recipients/" + new string('a', 5000)), StringComparison.Ordinal);

    [Fact]
    public async Task The_server_does_not_name_itself() =>
        Assert.DoesNotContain("\r\nServer:", await AskAsync("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_client_that_shuts_its_side_down_is_answered_all_the_same()
    {
        var held = _resolver.Hold("slow@corp.example");
        using var client = await ConnectAsync();
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /v1/recipients/slow@corp.example HTTP/1.1\r\nHost: x\r\n\r\n"));
        client.Client.Shutdown(SocketShutdown.Send);
        while (_resolver.Asked.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        // For the server to see the end of what is sent.
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        held.SetResult(new Verdict { Kind = VerdictKind.Invalid, Address = _resolver.Asked.Single().Address });

        Assert.StartsWith("HTTP/1.1 404", await ReadAsync(stream), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = await ConnectAsync();
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await ReadAsync(stream);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(address).Port);
        return client;
    }

    /// <summary>Up to the connection's end.</summary>
    private static async Task<string> ReadAsync(Stream stream)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(timeout.Token);
    }
}
