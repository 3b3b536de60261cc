using System.Net.Sockets;

namespace LookupProxy.Endpoints.Connections.Sockets;

internal static class StaleSocket
{
    /// <summary>Removes the file of a Unix socket that a killed process left behind. False when somebody still listens there, or it is no socket.</summary>
    public static bool Remove(UnixDomainSocketEndPoint endpoint)
    {
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(endpoint);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsEmptyFile(endpoint.ToString()!))
        {
            File.Delete(endpoint.ToString()!);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Connecting to any other file is refused too, so nothing is removed but what is empty, as sockets are.</summary>
    private static bool IsEmptyFile(string path) => new FileInfo(path) is { Exists: true, Length: 0 };
}
