using LookupProxy.Endpoints.Connections.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace LookupProxy.Endpoints.Connections;

/// <summary>How Kestrel's sockets are set up for the endpoints, in one place for the host and for what measures it.</summary>
public static class EndpointTransport
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the thread that sees a socket ready run what waits for it, for every socket of the process: no change of thread for a request that memory
    /// answers. Nothing may block such a thread. Must run before the process's first socket; an operator's own setting of the variable stays.
    /// </summary>
    public static void PrepareProcess()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    public static void Configure(SocketTransportOptions options)
    {
        options.UnsafePreferInlineScheduling = true;

        // Costs 4 KB for each idle connection and saves a system call for each request.
        options.WaitForDataBeforeAllocatingBuffer = false;
    }

    /// <summary>
    /// Adds, beside Kestrel's own transport, the one that serves listeners on a <see cref="DirectEndPoint"/>: for the request/response protocols, not for HTTP.
    /// Needs a <see cref="TimeProvider"/>; takes the listening sockets from <see cref="SocketTransportOptions.CreateBoundListenSocket"/>.
    /// </summary>
    public static IServiceCollection AddDirectTransport(this IServiceCollection services) =>
        services.AddSingleton<IConnectionListenerFactory, DirectTransport>();
}
