using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>sd_notify(3): tells a service manager that asked for it (NOTIFY_SOCKET) what the process is about.</summary>
internal sealed class SystemdNotifier(string? socketPath, ILogger logger)
{
    public const string Variable = "NOTIFY_SOCKET";

    public void Ready() => Send("READY=1");

    public void Stopping() => Send("STOPPING=1");

    private void Send(string state)
    {
        if (string.IsNullOrEmpty(socketPath))
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // "@" stands for the zero of Linux's abstract names.
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(socketPath[0] == '@' ? '\0' + socketPath[1..] : socketPath));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            HostLog.NotifyFailed(logger, e);
        }
    }
}
