using System.Collections.Frozen;
using System.Net;
using LookupProxy.Core.Addresses;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LookupProxy.Benchmarks.Policy;

/// <summary>
/// The policy endpoint alone, over a table in memory, for a load generator from outside:
/// policy-server --port N [--unix PATH] [--file ADDRESSES] [--defaults] [--delayed] [--metrics].
/// </summary>
internal static class PolicyServer
{
    public static async Task RunAsync(string[] args)
    {
        if (!args.Contains("--defaults"))
            EndpointTransport.PrepareProcess();
        var file = Value(args, "--file");
        var resolver = new MemoryResolver(file is null ? FrozenSet<Address>.Empty : MemoryResolver.Read(file), args.Contains("--delayed"));
        using var metrics = new EndpointMetrics();
        using var reader = args.Contains("--metrics") ? Listen() : null;
        var handler = new PolicyConnectionHandler(resolver, new PolicyOptions(), TimeProvider.System, metrics, NullLogger<PolicyConnectionHandler>.Instance);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (!args.Contains("--defaults"))
            builder.WebHost.UseSockets(EndpointTransport.Configure);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (Value(args, "--port") is { } port)
                kestrel.Listen(IPAddress.Loopback, int.Parse(port), listen => listen.Run(handler.OnConnectedAsync));
            if (Value(args, "--unix") is { } path)
                kestrel.ListenUnixSocket(path, listen => listen.Run(handler.OnConnectedAsync));
        });
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
