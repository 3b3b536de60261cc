using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Endpoints.Tests.Connections;

internal sealed class PolicyOnKestrel : IAsyncDisposable
{
    private readonly EndpointMetrics _metrics = new();
    private readonly string? _path;
    private readonly WebApplication _app;
    private ListenOptions _listener = null!;

    private PolicyOnKestrel(IRecipientResolver resolver, bool direct, PolicyOptions options, bool unix, X509Certificate2? certificate)
    {
        var handler = new PolicyConnectionHandler(resolver, options, TimeProvider.System, _metrics, NullLogger<PolicyConnectionHandler>.Instance);
        _path = unix ? Path.Combine(Path.GetTempPath(), $"lookupproxy-{Guid.NewGuid():N}.sock") : null;
        EndPoint endpoint = _path is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(_path);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(TimeProvider.System).AddDirectTransport();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(direct ? new DirectEndPoint(endpoint) : endpoint, listen =>
        {
            _listener = listen;
            if (certificate is not null)
                listen.UseHttps(certificate);
            listen.Run(handler.OnConnectedAsync);
        }));
        _app = builder.Build();
    }

    public static async Task<PolicyOnKestrel> StartAsync(
        IRecipientResolver resolver, bool direct, PolicyOptions? options = null, bool unix = false, X509Certificate2? certificate = null)
    {
        var server = new PolicyOnKestrel(resolver, direct, options ?? new PolicyOptions(), unix, certificate);
        await server._app.StartAsync();
        return server;
    }

    public async Task<Socket> ConnectAsync()
    {
        EndPoint endpoint = _path is null ? _listener.IPEndPoint! : new UnixDomainSocketEndPoint(_path);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endpoint);
        return socket;
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _metrics.Dispose();
    }
}
