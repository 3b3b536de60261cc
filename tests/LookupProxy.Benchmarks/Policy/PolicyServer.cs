using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using LookupProxy.Core.Addresses;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LookupProxy.Benchmarks.Policy;

/// <summary>
/// The policy endpoint alone, over a table in memory, for a load generator from outside:
/// policy-server --port N | --unix PATH [--file ADDRESSES] [--transport direct|kestrel|defaults] [--delayed] [--metrics].
/// kestrel is Kestrel's own transport at its fastest, defaults is as it comes.
/// </summary>
internal static class PolicyServer
{
    public static async Task RunAsync(string[] args)
    {
        var transport = Value(args, "--transport") ?? "direct";
        if (transport != "defaults")
            EndpointTransport.PrepareProcess();
        var file = Value(args, "--file");
        var resolver = new MemoryResolver(file is null ? FrozenSet<Address>.Empty : MemoryResolver.Read(file), args.Contains("--delayed"));
        using var metrics = new EndpointMetrics();
        using var reader = args.Contains("--metrics") ? Listen() : null;
        var handler = new PolicyConnectionHandler(resolver, new PolicyOptions(), TimeProvider.System, metrics, NullLogger<PolicyConnectionHandler>.Instance);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddDirectTransport();
        if (transport == "kestrel")
            builder.WebHost.UseSockets(static sockets => (sockets.UnsafePreferInlineScheduling, sockets.WaitForDataBeforeAllocatingBuffer) = (true, false));
        EndPoint endpoint = Value(args, "--unix") is { } path
            ? new UnixDomainSocketEndPoint(path)
            : new IPEndPoint(IPAddress.Loopback, int.Parse(Value(args, "--port") ?? "10040"));
        if (transport == "direct")
            endpoint = new DirectEndPoint(endpoint);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endpoint, listen => listen.Run(handler.OnConnectedAsync)));
        await using var app = builder.Build();
        await app.RunAsync();
    }

    private static MeterProvider Listen() =>
        Sdk.CreateMeterProviderBuilder().AddMeter(EndpointMetrics.MeterName).AddReader(new BaseExportingMetricReader(new NoExporter())).Build();

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
