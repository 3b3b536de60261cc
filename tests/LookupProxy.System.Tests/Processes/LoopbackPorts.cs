using System.Net;
using System.Net.Sockets;

namespace LookupProxy.SystemTests.Processes;

/// <summary>
/// Free TCP ports for programs that must be told theirs. Below the range that the kernel gives to outgoing connections (32768 and up),
/// so that none is taken between the look and the use; each is given once in a run.
/// </summary>
internal static class LoopbackPorts
{
    private const int First = 20000;
    private const int Count = 12000;

    private static int _next = Environment.ProcessId * 97;

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException("No free port");
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
}
