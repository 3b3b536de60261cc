using LookupProxy.Endpoints.Connections.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace LookupProxy.Endpoints.Connections;

/// <summary>How sockets are set up for the endpoints, in one place for the host and for what measures it.</summary>
public static class EndpointTransport
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string ThreadCount = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>
    /// Lets the thread that sees a socket ready run what waits for it, for every socket of the process: no change of thread for a request that memory
    /// answers. Nothing may block such a thread, and what takes long goes to the thread pool first (as all of HTTP does).
    /// Must run before the process's first socket; an operator's own setting of the variables stays.
    /// </summary>
    public static void PrepareProcess()
    {
        Default(InlineCompletions, "1");

        // One for each core, the runtime's own choice, costs half as much again for each request: the gateway needs cores too, and fewer threads sleep less.
        Default(ThreadCount, Math.Max(1, Environment.ProcessorCount / 2).ToString());
    }

    /// <summary>
    /// Adds, beside Kestrel's own transport, the one that serves listeners on a <see cref="DirectEndPoint"/>: for the request/response protocols, not for HTTP;
    /// and for HTTP Kestrel's own with a bound, on a <see cref="RoomEndPoint"/>.
    /// Needs a <see cref="TimeProvider"/>; takes the listening sockets from <see cref="SocketTransportOptions.CreateBoundListenSocket"/>.
    /// </summary>
    public static IServiceCollection AddDirectTransport(this IServiceCollection services) =>
        services.AddSingleton<IConnectionListenerFactory, DirectTransport>().AddSingleton<IConnectionListenerFactory, RoomTransport>();

    private static void Default(string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
            Environment.SetEnvironmentVariable(variable, value);
    }
}
