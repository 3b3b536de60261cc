using System.Globalization;
using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Connections.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>
/// As many connections of one listener as descriptors allow; a further one is closed at once. A process that has no descriptor left does not live on with
/// those it has: .NET ends it ("Out of memory"), or can never again load what it could not load then.
/// </summary>
internal sealed class ConnectionRoom(string listener, int most, TimeProvider time, ILogger logger) : IConnectionRoom
{
    /// <summary>For directories, files, the store, and what .NET holds open.</summary>
    private const int Reserve = 1024;

    private readonly LogThrottle _throttle = new(time, burst: 1, window: TimeSpan.FromMinutes(1));
    private int _count;

    /// <summary>For each of so many listeners.</summary>
    public static int Of(int listeners) => Of(listeners, Descriptors());

    /// <param name="descriptors">That the process may have; null for any number.</param>
    internal static int Of(int listeners, int? descriptors) => descriptors is { } all ? (all - Math.Min(Reserve, all / 2)) / Math.Max(listeners, 1) : int.MaxValue;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= most)
            return true;
        Leave();
        if (_throttle.Allow(out var suppressed))
            HostLog.NoRoom(logger, listener, most, suppressed);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);

    /// <summary>For Kestrel's own transport, whose connections don't tell when they are closed.</summary>
    public ConnectionDelegate LeaveAfter(ConnectionDelegate next) => async connection =>
    {
        try
        {
            await next(connection);
        }
        finally
        {
            Leave();
        }
    };

    /// <summary>proc(5): the soft limit, which .NET raises to the hard one.</summary>
    private static int? Descriptors()
    {
        const string Name = "Max open files";
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(static line => line.StartsWith(Name, StringComparison.Ordinal));
            var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
