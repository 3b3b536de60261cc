using LookupProxy.Endpoints.Connections.Sockets;

namespace LookupProxy.Endpoints.Tests.Connections;

/// <summary>Room for so many connections. Not for several threads.</summary>
internal sealed class Places(int free) : IConnectionRoom
{
    private int _free = free;

    public int Free => _free;

    public bool TryEnter()
    {
        if (_free == 0)
            return false;
        _free--;
        return true;
    }

    public void Leave() => _free++;
}
