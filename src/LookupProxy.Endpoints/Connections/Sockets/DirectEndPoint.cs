using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>An address that <see cref="DirectTransport"/> shall listen on rather than Kestrel's own transport.</summary>
/// <param name="inner">An <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</param>
/// <param name="room">Null for any number of connections.</param>
public sealed class DirectEndPoint(EndPoint inner, IConnectionRoom? room = null) : EndPoint
{
    public EndPoint Inner { get; } = inner;

    public IConnectionRoom? Room => room;

    public override AddressFamily AddressFamily => Inner.AddressFamily;

    public override string ToString() => Inner.ToString() ?? "";
}
