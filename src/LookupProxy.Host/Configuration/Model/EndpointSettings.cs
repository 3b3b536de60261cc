using System.Collections.Immutable;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>One endpoint: where it listens, and what it is like.</summary>
internal sealed record EndpointSettings<T>
{
    /// <summary>The configuration's word: policy, http.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<ListenerSettings> Listeners { get; init; }

    /// <summary>Set when a listener is a TLS one, or can become one.</summary>
    public ServerTlsSettings? Tls { get; init; }

    /// <summary>Of Unix sockets.</summary>
    public required UnixFileMode SocketMode { get; init; }

    public required T Options { get; init; }
}
