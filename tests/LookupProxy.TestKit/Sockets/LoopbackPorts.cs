using System.Net;
using System.Net.Sockets;

namespace LookupProxy.TestKit.Sockets;

/// <summary>
/// Free TCP ports for programs that must be told theirs. Below the range that the kernel gives to outgoing connections (32768 and up),
/// so that none is taken between the look and the use. Each is given once, also when several test programs run at a time: who has one holds a lock on
/// the octet of its number in a file that they share, until the program ends.
/// </summary>
public static class LoopbackPorts
{
    private const int First = 12_000;

    /// <summary>Those above are for <see cref="NextWithBus"/>.</summary>
    private const int Count = BusDistance;

    private const int BusDistance = 10_000;

    private static readonly FileStream Locks = new(
        Path.Combine(Path.GetTempPath(), $"lookupproxy-test-ports-{Environment.UserName}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    private static int _next = Environment.ProcessId * 97;

    public static int Next() => Next(IsFree);

    /// <summary>One for a server of a Redis Cluster, whose bus has the port that is ten thousand higher.</summary>
    public static int NextWithBus() => Next(static port => IsFree(port) && IsFree(port + BusDistance));

    public static async Task<bool> AcceptsAsync(IPAddress address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Next(Func<int, bool> isFree)
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (TryLock(port) && isFree(port))
                return port;
        }

        throw new InvalidOperationException("No free port");
    }

    private static bool TryLock(int port)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            Locks.Lock(port, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
