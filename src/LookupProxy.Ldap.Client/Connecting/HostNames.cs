using System.Net;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>
/// From host names to addresses. The system's resolver blocks whoever calls it, for many seconds where DNS is away, and with it perhaps all servers' names at once:
/// a thread of its own for each name, and none of the pool's, which is small and on which every time limit depends.
/// </summary>
/// <param name="resolve">Instead of the system's resolver.</param>
internal sealed class HostNames(Func<string, IPAddress[]>? resolve = null)
{
    private readonly Func<string, IPAddress[]> _resolve = resolve ?? Dns.GetHostAddresses;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<IPAddress[]>> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who comes while the name is being resolved waits for the same answer.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It could not be resolved.</exception>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_underWay.TryGetValue(host, out var resolving))
            {
                const TaskCreationOptions OwnThread = TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;
                _underWay.Add(host, resolving = Task.Factory.StartNew(() => Resolve(host), CancellationToken.None, OwnThread, TaskScheduler.Default));
            }

            return resolving.WaitAsync(cancellation);
        }
    }

    private IPAddress[] Resolve(string host)
    {
        try
        {
            return _resolve(host);
        }
        finally
        {
            lock (_gate)
                _underWay.Remove(host);
        }
    }
}
