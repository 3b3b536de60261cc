using System.Net;
using System.Runtime.InteropServices;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Bounds how many connections there are, and how many of one client. Clients of a Unix socket count as one.</summary>
internal sealed class ConnectionAdmission(int maxConnections, int maxPerClient)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _clients = [];
    private int _total;

    /// <summary>Each true one needs one <see cref="Leave"/>.</summary>
    public bool TryEnter(EndPoint? client)
    {
        var address = AddressOf(client);
        lock (_lock)
        {
            if (_total >= maxConnections)
                return false;
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, address, out _);
            if (count >= maxPerClient)
                return false;
            count++;
            _total++;
            return true;
        }
    }

    public void Leave(EndPoint? client)
    {
        var address = AddressOf(client);
        lock (_lock)
        {
            _total--;
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_clients, address);
            if (--count == 0)
                _clients.Remove(address);
        }
    }

    private static IPAddress AddressOf(EndPoint? client) => client is IPEndPoint ip ? ip.Address : IPAddress.None;
}
