using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>An address that Kestrel's own transport shall listen on, for so many connections: see <see cref="RoomTransport"/>.</summary>
public sealed class RoomEndPoint(EndPoint inner, IConnectionRoom room) : EndPoint
{
    public EndPoint Inner => inner;

    public IConnectionRoom Room => room;

    public override AddressFamily AddressFamily => inner.AddressFamily;

    public override string ToString() => inner.ToString() ?? "";
}
