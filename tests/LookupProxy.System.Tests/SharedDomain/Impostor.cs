using System.Net;
using System.Net.Sockets;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>A listener that is no directory.</summary>
internal sealed class Impostor : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _held = [];
    private Task _serving = Task.CompletedTask;

    private Impostor(int port, int backlog)
    {
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(backlog);
    }

    /// <summary>Accepts and says nothing.</summary>
    public static Impostor Silent(int port) => new(port, backlog: 128);

    /// <summary>Accepts and hangs up.</summary>
    public static Impostor HangingUp(int port) => Serving(port, static _ => Task.CompletedTask);

    /// <summary>Answers anything with a page.</summary>
    public static Impostor Web(int port) =>
        Serving(port, static async client => await client.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), SocketFlags.None));

    /// <summary>As behind a firewall that drops: once the queue of connections not accepted is full, Linux does not answer a SYN.</summary>
    public static Impostor BlackHole(int port)
    {
        var impostor = new Impostor(port, backlog: 0);
        for (var i = 0; i < 3; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            impostor._held.Add(filler);
            try
            {
                filler.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Under way, which is as far as it will get.
            }
        }

        return impostor;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var socket in _held)
            socket.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private static Impostor Serving(int port, Func<Socket, Task> serveAsync)
    {
        var impostor = new Impostor(port, backlog: 128);
        impostor._serving = impostor.ServeAsync(serveAsync);
        return impostor;
    }

    private async Task ServeAsync(Func<Socket, Task> serveAsync)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync(_stop.Token);
                await serveAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
