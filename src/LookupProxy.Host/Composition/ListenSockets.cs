using System.Net.Sockets;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>Binds an endpoint's sockets. Kestrel then listens on them.</summary>
internal sealed class ListenSockets(ILogger logger)
{
    public Socket Bind(string endpoint, ListenerSettings listener, UnixFileMode socketMode)
    {
        try
        {
            return listener.Address is ListenAddress.Unix { Path: var path } ? BindUnix(path, socketMode) : BindIp(listener);
        }
        catch (SocketException e)
        {
            throw Explain(endpoint, listener, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ListenFailedException($"{listener.Path}: {listener.Address}: {e.Message}", ExitCode.NoPermission, e);
        }
    }

    private static Socket BindIp(ListenerSettings listener)
    {
        var endPoint = ((ListenAddress.Ip)listener.Address).EndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As Kestrel does: [::] is every address, of both families.
            if (endPoint.Address.Equals(System.Net.IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The mode is set before anybody can connect: what is bound but does not listen refuses.</summary>
    private Socket BindUnix(string path, UnixFileMode mode)
    {
        RemoveStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A process that was killed leaves its socket behind, and no other can be bound in its place. One that is listened on stays.</summary>
    private void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            HostLog.StaleSocketRemoved(logger, path);
        }
        catch (SocketException)
        {
            // Binding says what is wrong.
        }
    }

    /// <summary>.NET has no word for it: neither a regular file, which opens, nor a directory, which File.Exists would not have found.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            using var _ = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static ListenFailedException Explain(string endpoint, ListenerSettings listener, SocketException e)
    {
        var (why, code) = e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse when listener.Address is ListenAddress.Unix { Path: var path } && !IsSocket(path) =>
                ("a file is there that is no socket; remove it, or give another path", ExitCode.Unavailable),
            SocketError.AddressNotAvailable when listener.Address is ListenAddress.Unix { Path: var path } =>
                ($"there is no folder {Path.GetDirectoryName(path)}; make it, writable for {Environment.UserName}", ExitCode.Unavailable),
            SocketError.AccessDenied when listener.Address is ListenAddress.Unix { Path: var path } =>
                ($"{Environment.UserName} may not make a socket in {Path.GetDirectoryName(path)}", ExitCode.NoPermission),
            SocketError.AddressAlreadyInUse => ("another process listens there; stop it, or give another address", ExitCode.Unavailable),
            SocketError.AddressNotAvailable => ("this machine has no such address", ExitCode.Unavailable),
            SocketError.AccessDenied => ("this needs rights that the process lacks (ports below 1024: CAP_NET_BIND_SERVICE)", ExitCode.NoPermission),
            _ => (e.Message, ExitCode.Unavailable),
        };
        return new ListenFailedException($"{endpoint} cannot listen on {listener.Address} ({listener.Path}, {listener.Origin}): {why}", code, e);
    }
}
