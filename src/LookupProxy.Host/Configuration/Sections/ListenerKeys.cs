using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys of every endpoint that say where it listens.</summary>
internal static class ListenerKeys
{
    private static readonly Lists<ListenAddress> Addresses = new(ListenAddresses.Any);

    private static readonly Setting<ImmutableArray<Located<ListenAddress>>> Listen = Setting.Optional("listen", Addresses, [], "none");
    private static readonly Setting<ImmutableArray<Located<ListenAddress>>> ListenTls = Setting.Optional("listenTls", Addresses, [], "none");
    private static readonly Setting<ServerTlsSettings?> Tls = Setting.Maybe("tls", new ServerTlsSection());

    private static readonly Setting<ServerTlsSettings?> TlsOrStartTls = Setting.Maybe("tls", new ServerTlsSection(hasClients: true));

    private static readonly Setting<UnixFileMode> SocketMode = Setting.Optional(
        "socketMode", FileModes.Any, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);

    public static IReadOnlyList<Setting> All { get; } = [Listen, ListenTls, Tls, SocketMode];

    /// <summary>Of a protocol in which a plain connection can become a TLS one.</summary>
    public static IReadOnlyList<Setting> AllWithStartTls { get; } = [Listen, ListenTls, TlsOrStartTls, SocketMode];

    /// <param name="hasStartTls">Such a protocol has accounts too, so its own section says who may ask.</param>
    public static EndpointSettings<T> Read<T>(Section section, T options, bool hasStartTls = false)
    {
        var keys = hasStartTls ? TlsOrStartTls : Tls;
        if (!section.Has(Listen) && !section.Has(ListenTls))
            section.Scope.Error(section.Scope.KeyOrigin, "listens nowhere; give listen or listenTls", allowed: Listen.Allowed);
        if (section.Has(ListenTls) && !section.Has(keys))
            section.At(ListenTls).Error("needs tls with certificateFile and keyFile");
        if (!hasStartTls && section.Has(keys) && !section.Has(ListenTls))
            section.At(keys).Warning("has no effect without listenTls");
        var plain = section.Get(Listen).Select(static listener => ToListener(listener, isTls: false));
        var tls = section.Get(ListenTls).Select(static listener => ToListener(listener, isTls: true));
        ImmutableArray<ListenerSettings> listeners = [.. plain, .. tls];
        foreach (var listener in hasStartTls ? [] : listeners)
            WarnWhenOpen(section, listener);
        return new EndpointSettings<T>
        {
            Name = section.Name,
            Listeners = listeners,
            Tls = section.Get(keys),
            SocketMode = section.Get(SocketMode),
            Options = options,
        };
    }

    private static ListenerSettings ToListener(Located<ListenAddress> listener, bool isTls) =>
        new(listener.Value, isTls, listener.Path, listener.Origin);

    private static void WarnWhenOpen(Section section, ListenerSettings listener)
    {
        if (listener.Address.IsOnTheNetwork)
            section.Scope.Context.Faults.Warning(listener.Origin, listener.Path, $"{listener.Address} is not loopback: whoever reaches it may ask which recipients exist");
    }
}
