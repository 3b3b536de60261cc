using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Endpoints.Http.Cache;
using LookupProxy.Endpoints.Http.Directories;
using LookupProxy.Endpoints.Http.Health;
using LookupProxy.Endpoints.Http.OpenApi;
using LookupProxy.Endpoints.Http.Overrides;
using LookupProxy.Endpoints.Http.Recipients;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http;

/// <summary>
/// The HTTP API: services, middleware, routes. Needs <see cref="IRecipientResolver"/>, <see cref="NamespaceMap"/>, <see cref="IDirectoryHealthSource"/>, <see cref="IServerControl"/>,
/// <see cref="ICacheControl"/>, <see cref="IOverrides"/>, <see cref="EndpointMetrics"/> and <see cref="TimeProvider"/> as services; <see cref="IMetricsText"/> if there are metrics,
/// <see cref="IAnswerStore"/> if there is a store; <see cref="ISnapshotControl"/> if local copies are kept; any number of <see cref="IAlarmSource"/> and <see cref="IAcceptance"/>.
/// </summary>
public static class HttpApi
{
    public static IServiceCollection AddLookupProxyApi(this IServiceCollection services, HttpApiOptions options)
    {
        services.AddRouting();
        services.ConfigureHttpJsonOptions(static json => ApiJson.Describe(json.SerializerOptions));
        services.AddOpenApi("v1", OpenApiSetup.Configure);
        services.AddSingleton(provider => new RecipientsEndpoint(
            provider.GetRequiredService<IRecipientResolver>(),
            provider.GetRequiredService<NamespaceMap>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<EndpointMetrics>()));
        services.AddSingleton(static provider => new HealthEndpoint(
            provider.GetRequiredService<IDirectoryHealthSource>(),
            provider.GetServices<IAlarmSource>(),
            provider.GetService<IAnswerStore>(),
            provider.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton(provider => new AdminToken(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AdminToken>>()));
        services.AddSingleton(static provider => new DirectoriesEndpoint(
            provider.GetRequiredService<IServerControl>(),
            provider.GetService<ISnapshotControl>(),
            provider.GetServices<IAcceptance>(),
            provider.GetRequiredService<IDirectoryHealthSource>(),
            provider.GetRequiredService<AdminToken>(),
            provider.GetRequiredService<ILogger<DirectoriesEndpoint>>()));
        services.AddSingleton(static provider => new FlushEndpoint(
            provider.GetRequiredService<ICacheControl>(),
            provider.GetRequiredService<AdminToken>(),
            provider.GetRequiredService<ILogger<FlushEndpoint>>()));
        services.AddSingleton(static provider => new OverridesEndpoint(
            provider.GetRequiredService<IOverrides>(),
            provider.GetRequiredService<AdminToken>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OverridesEndpoint>>()));
        return services;
    }

    /// <summary>Before the routes: common headers, and JSON for every error.</summary>
    public static IApplicationBuilder UseLookupProxyApi(this IApplicationBuilder app) => app.UseMiddleware<ApiErrors>();

    public static IEndpointRouteBuilder MapLookupProxyApi(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var recipients = services.GetRequiredService<RecipientsEndpoint>();
        MapGet(routes, RecipientQuestion.Path, recipients.GetAsync, ApiDocument.RecipientByQuery);
        MapGet(routes, RecipientQuestion.Path + "/{**address}", recipients.GetAsync, ApiDocument.RecipientByPath);

        var health = services.GetRequiredService<HealthEndpoint>();
        MapGet(routes, "/health", health.GetAsync, ApiDocument.Health);
        MapGet(routes, "/health/live", HealthEndpoint.LiveAsync, ApiDocument.Live);
        MapGet(routes, "/health/ready", health.ReadyAsync, ApiDocument.Ready);
        MapGet(routes, "/health/startup", health.StartupAsync, ApiDocument.Startup);

        var directories = services.GetRequiredService<DirectoriesEndpoint>();
        Map(routes, HttpMethods.Post, "/v1/directories/{name}/isolate", directories.IsolateAsync, ApiDocument.Isolate);
        Map(routes, HttpMethods.Post, "/v1/directories/{name}/close", directories.CloseAsync, ApiDocument.Close);
        Map(routes, HttpMethods.Post, "/v1/directories/{name}/refresh", directories.RefreshAsync, ApiDocument.Refresh);
        Map(routes, HttpMethods.Post, "/v1/directories/{name}/accept", directories.AcceptAsync, ApiDocument.Accept);

        MapAdministration(routes, services);
        MapGet(routes, "/metrics", MetricsEndpoint.GetAsync, ApiDocument.Metrics);
        routes.MapOpenApi().WithMetadata(new ExcludeFromDescriptionAttribute());
        return routes;
    }

    private static void MapAdministration(IEndpointRouteBuilder routes, IServiceProvider services)
    {
        Map(routes, HttpMethods.Post, "/v1/cache/flush", services.GetRequiredService<FlushEndpoint>().PostAsync, ApiDocument.Flush);

        var overrides = services.GetRequiredService<OverridesEndpoint>();
        MapGet(routes, OverridesEndpoint.Path, overrides.GetAsync, ApiDocument.ListOverrides);
        Map(routes, HttpMethods.Put, OverridesEndpoint.Path + "/{**address}", overrides.PutAsync, ApiDocument.SetOverride);
        Map(routes, HttpMethods.Delete, OverridesEndpoint.Path + "/{**address}", overrides.DeleteAsync, ApiDocument.RemoveOverride);
    }

    /// <summary>HEAD says the same without a body, and needs no description of its own.</summary>
    private static void MapGet(IEndpointRouteBuilder routes, string pattern, RequestDelegate handler, ApiOperation about)
    {
        routes.MapMethods(pattern, [HttpMethods.Get], handler).Describe(handler.Method, about);
        routes.MapMethods(pattern, [HttpMethods.Head], handler);
    }

    private static void Map(IEndpointRouteBuilder routes, string method, string pattern, RequestDelegate handler, ApiOperation about) =>
        routes.MapMethods(pattern, [method], handler).Describe(handler.Method, about);
}
