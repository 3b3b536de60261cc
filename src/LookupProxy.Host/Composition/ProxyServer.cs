using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The whole proxy: what answers, and what listens. Its lifetime is from <see cref="StartAsync"/> to <see cref="DisposeAsync"/>.</summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private readonly EndpointMetrics _metrics = new();
    private readonly LookupEngine _engine;
    private readonly ProxyTelemetry _telemetry;
    private readonly ServerCertificates _certificates;
    private readonly ImmutableArray<IAlarmSource> _sources;
    private readonly AlarmMetrics _alarms;
    private readonly EndpointListeners _listeners;
    private readonly WebApplication _app;

    private ProxyServer(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        _telemetry = ProxyTelemetry.Start(configuration.Telemetry, time, loggers.CreateLogger(HostLog.Category));
        _engine = LookupEngine.Start(configuration, loggers, time, StoreFactory.Open(configuration.Store, loggers, time));
        _certificates = new ServerCertificates(
            ((ServerTlsSettings?[])[configuration.Policy?.Tls, configuration.Http?.Tls, configuration.Ldap?.Tls]).OfType<ServerTlsSettings>(), time, loggers.CreateLogger(HostLog.Category));
        _listeners = new EndpointListeners(configuration, _certificates, time, loggers.CreateLogger(HostLog.Category));
        _sources = [.. _engine.Alarms, _certificates];
        _alarms = new AlarmMetrics(_sources);
        _app = Build(configuration, loggers, time);
    }

    /// <summary>Done when a signal has asked the process to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>What is listened on.</summary>
    public IEnumerable<OpenListener> Listeners => _listeners.Open();

    /// <exception cref="ListenFailedException">An address cannot be listened on. Nothing is left open.</exception>
    public static async Task<ProxyServer> StartAsync(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        EndpointTransport.PrepareProcess();
        var server = new ProxyServer(configuration, loggers, time);
        try
        {
            await server._engine.Resolver.LoadOverridesAsync(StoreFactory.Patience);
            await server._app.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Until it was asked to stop, and what was begun is answered or its time is over.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Stops as a signal does, unless one has.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _engine.DisposeAsync();
        _alarms.Dispose();
        _certificates.Dispose();
        _metrics.Dispose();
        _telemetry.Dispose();
    }

    private WebApplication Build(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(_listeners.Configure);
        if (_listeners.HasTls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var services = builder.Services;
        services.AddSingleton(loggers);
        services.AddSingleton(time);
        services.AddSingleton<IRecipientResolver>(_engine.Resolver);
        services.AddSingleton(_engine.LdapSources.Namespaces);
        services.AddSingleton<IDirectoryHealthSource>(_engine.Resolver);
        services.AddSingleton<IServerControl>(_engine.Resolver);
        services.AddSingleton<ICacheControl>(_engine.Resolver);
        services.AddSingleton(_engine.Resolver.SnapshotControl);
        services.AddSingleton(_engine.Resolver.Overrides);
        foreach (var source in _sources)
            services.AddSingleton(source);
        foreach (var acceptance in _engine.Acceptances)
            services.AddSingleton(acceptance);
        if (_engine.Store is { } store)
            services.AddSingleton(store);
        services.AddSingleton(_metrics);
        services.AddSingleton(_telemetry.Text);
        services.Configure<ConsoleLifetimeOptions>(static options => options.SuppressStatusMessages = true);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = configuration.DrainFor);
        services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = _listeners.Bind);
        services.AddDirectTransport();
        if (configuration.Policy is { } policy)
        {
            services.AddSingleton(new PolicyConnectionHandler(
                _engine.Resolver, policy.Options, time, _metrics, loggers.CreateLogger<PolicyConnectionHandler>(), _engine.LdapSources.Namespaces));
        }

        if (configuration.Ldap is { } ldap)
        {
            var tls = ldap.Tls is { } settings ? new ServerTls(settings, _certificates.Of(settings), time, loggers.CreateLogger(HostLog.Category)) : null;
            services.AddSingleton(new LdapConnectionHandler(
                _engine.Resolver, ldap.Options, tls is null ? null : tls.ForHandshake, time, _metrics, loggers.CreateLogger<LdapConnectionHandler>(), _engine.LdapSources));
        }

        if (configuration.Http is { } http)
            services.AddLookupProxyApi(http.Options);
        var app = builder.Build();
        if (configuration.Http is not null)
        {
            app.UseLookupProxyApi();
            app.UseRouting();
            app.MapLookupProxyApi();
        }

        return app;
    }
}
