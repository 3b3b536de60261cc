using System.Net;
using System.Runtime.InteropServices;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>Counts failed binds by client, in bounded memory, so that a client that guesses is not let guess on.</summary>
internal sealed class FailedBinds(TimeProvider time)
{
    /// <summary>In one window; then only passwords that are known to be right are looked at.</summary>
    private const int MaxFailures = 10;

    /// <summary>Clients remembered at once. One that finds no room is slowed all the same by the delay of each failure.</summary>
    private const int MaxClients = 4096;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Since, int Count)> _clients = [];

    public bool IsBarred(EndPoint? client)
    {
        lock (_lock)
        {
            return _clients.TryGetValue(ClientKey.Of(client), out var seen) && seen.Count >= MaxFailures && time.GetElapsedTime(seen.Since) < Window;
        }
    }

    public void Add(EndPoint? client)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (_clients.Count >= MaxClients)
                Forget_NeedsLock(now);
            if (_clients.Count >= MaxClients)
                return;
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, ClientKey.Of(client), out var exists);
            seen = exists && time.GetElapsedTime(seen.Since, now) < Window ? (seen.Since, seen.Count + 1) : (now, 1);
        }
    }

    private void Forget_NeedsLock(long now)
    {
        foreach (var (client, seen) in _clients)
        {
            if (time.GetElapsedTime(seen.Since, now) >= Window)
                _clients.Remove(client);
        }
    }
}
