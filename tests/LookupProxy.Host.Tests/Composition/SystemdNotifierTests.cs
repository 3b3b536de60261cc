using System.Net.Sockets;
using System.Text;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Composition;

public sealed class SystemdNotifierTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_service_manager_is_told(bool isAbstract)
    {
        var name = isAbstract ? "@" + _text.Folder : Path.Combine(_text.Folder, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
        var notifier = new SystemdNotifier(name, NullLogger.Instance);

        notifier.Ready();
        Assert.Equal("READY=1", Receive(manager));
        notifier.Stopping();
        Assert.Equal("STOPPING=1", Receive(manager));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/none/notify")]
    public void Without_one_nothing_happens(string? socket) => new SystemdNotifier(socket, NullLogger.Instance).Ready();

    private static string Receive(Socket socket)
    {
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
