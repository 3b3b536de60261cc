using System.Net;
using System.Net.Sockets;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Model;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>Which of Kestrel's listeners speaks what.</summary>
internal sealed class EndpointListeners(HostConfiguration configuration, ServerCertificates certificates, TimeProvider time, ILogger logger)
{
    private readonly List<Opened> _opened = [];
    private readonly ListenSockets _sockets = new(logger);

    private readonly int _room = ConnectionRoom.Of((configuration.Policy?.Listeners.Length ?? 0) + (configuration.Ldap?.Listeners.Length ?? 0) + (configuration.Http?.Listeners.Length ?? 0));

    public bool HasTls => configuration.Policy?.Tls is not null || configuration.Http?.Tls is not null;

    public void Configure(KestrelServerOptions kestrel)
    {
        HttpLimits.Configure(kestrel);
        if (configuration.Policy is { } policy)
            Add(kestrel, policy, static (listen, _) => listen.UseConnectionHandler<PolicyConnectionHandler>());
        if (configuration.Ldap is { } ldap)
            AddLdap(kestrel, ldap);
        if (configuration.Http is { } http)
            Add(kestrel, http, static (listen, isTls) => listen.Protocols = isTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1, isHttp: true);
    }

    /// <summary>For both transports: each listener is found again by its end point, which Kestrel passes through.</summary>
    public Socket Bind(EndPoint endPoint)
    {
        var opened = _opened.First(opened => ReferenceEquals(opened.EndPoint, endPoint));
        return _sockets.Bind(opened.Endpoint, opened.Listener, opened.SocketMode);
    }

    /// <summary>Once they are open: a port of 0 has become one that was free.</summary>
    public IEnumerable<OpenListener> Open() =>
        _opened.Select(static opened => new OpenListener(opened.Endpoint, opened.Options.IPEndPoint is { } ip ? new ListenAddress.Ip(ip) : opened.Listener.Address, opened.Listener.IsTls));

    /// <summary>It does TLS itself, since StartTLS begins in the midst of a connection.</summary>
    private void AddLdap(KestrelServerOptions kestrel, EndpointSettings<LdapOptions> ldap)
    {
        var most = Math.Min((long)_room * ldap.Listeners.Length, int.MaxValue);
        if (ldap.Options.MaxConnections > most)
            HostLog.FewerConnections(logger, ldap.Options.MaxConnections, most);
        var handler = kestrel.ApplicationServices.GetRequiredService<LdapConnectionHandler>();
        Add(kestrel, ldap with { Tls = null }, (listen, isTls) => listen.Run(isTls ? handler.OnTlsConnectedAsync : handler.OnConnectedAsync));
    }

    private void Add<T>(KestrelServerOptions kestrel, EndpointSettings<T> endpoint, Action<ListenOptions, bool> speak, bool isHttp = false)
    {
        var certificate = endpoint.Tls is { } tls ? certificates.Of(tls) : null;
        foreach (var listener in endpoint.Listeners)
        {
            var endPoint = listener.Address.ToEndPoint();
            var room = new ConnectionRoom($"{endpoint.Name} on {listener.Address}", _room, time, logger);
            kestrel.Listen(isHttp ? new RoomEndPoint(endPoint, room) : new DirectEndPoint(endPoint, room), options =>
            {
                _opened.Add(new Opened(endpoint.Name, listener, endpoint.SocketMode, endPoint, options));
                if (isHttp)
                    options.Use(room.LeaveAfter).Use(HalfClosed.Answer);
                if (listener.IsTls && certificate is not null)
                    UseTls(options, certificate);
                speak(options, listener.IsTls);
            });
        }
    }

    private static void UseTls(ListenOptions options, ServerCertificate certificate) => options.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => new(new System.Net.Security.SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
    });

    private sealed record Opened(string Endpoint, ListenerSettings Listener, UnixFileMode SocketMode, EndPoint EndPoint, ListenOptions Options);
}
