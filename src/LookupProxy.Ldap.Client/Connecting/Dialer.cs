using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>
/// From a host name to a socket. All addresses are tried, IPv6 and IPv4 in turn: the next one as soon as one fails, or while one is slow
/// (RFC 8305 in little). The first that connects wins.
/// </summary>
/// <param name="resolve">Instead of the system's resolver.</param>
internal sealed class Dialer(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    /// <summary>RFC 8305 5: Connection Attempt Delay.</summary>
    private static readonly TimeSpan LongestStagger = TimeSpan.FromMilliseconds(250);

    /// <summary>In so long all addresses are tried, half of the usual connect timeout: a domain's name has those of all its controllers, and a firewall may let us reach few of them.</summary>
    private static readonly TimeSpan AllWithin = TimeSpan.FromSeconds(1);

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? new HostNames().ResolveAsync;
    private int _first;

    /// <summary>
    /// Whoever was reached was of no use: another address comes first from now on. A resolver tends to give them in the same order each time, so that one
    /// domain controller without a certificate would stand before all the others of a domain's name.
    /// </summary>
    public void Turn() => Interlocked.Increment(ref _first);

    public async Task<DialOutcome> DialAsync(string host, int port, CancellationToken cancellation)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(host, out var literal) ? [literal] : InTurn(await _resolve(host, cancellation));
        }
        catch (SocketException exception)
        {
            return new DialOutcome(null, $"the name could not be resolved: {exception.Message}");
        }

        return addresses.Length == 0 ? new DialOutcome(null, "the name has no address") : await RaceAsync(Turned(addresses), port, cancellation);
    }

    private async Task<DialOutcome> RaceAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task<DialOutcome>>(addresses.Length);
        var failures = new List<string>();
        var next = 0;
        var stagger = AllWithin / addresses.Length;
        if (stagger > LongestStagger)
            stagger = LongestStagger;
        try
        {
            while (true)
            {
                if (next < addresses.Length)
                    running.Add(ConnectAsync(addresses[next++], port, race.Token));
                if (await FirstAsync(running, next < addresses.Length ? stagger : null, race.Token) is not { } ended)
                    continue;
                running.Remove(ended);
                var outcome = await ended;
                if (outcome.Socket is not null)
                    return outcome;
                failures.Add(outcome.Failure!);
                if (running.Count == 0 && next == addresses.Length)
                    return new DialOutcome(null, string.Join("; ", failures));
            }
        }
        finally
        {
            await race.CancelAsync();
            foreach (var loser in running)
                _ = DiscardAsync(loser);
        }
    }

    /// <summary>The attempt that has ended first; null when the next one should be started beside them.</summary>
    /// <param name="stagger">Null when there is no next one.</param>
    private async Task<Task<DialOutcome>?> FirstAsync(List<Task<DialOutcome>> running, TimeSpan? stagger, CancellationToken cancellation)
    {
        if (stagger is not { } pause)
            return running.Count == 0 ? null : await Task.WhenAny(running);
        return await Task.WhenAny([.. running, Task.Delay(pause, time, cancellation)]) as Task<DialOutcome>;
    }

    private static async Task<DialOutcome> ConnectAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
            return new DialOutcome(socket, null);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            return new DialOutcome(null, $"{address}: {exception.Message}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DiscardAsync(Task<DialOutcome> loser)
    {
        try
        {
            (await loser).Socket?.Dispose();
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
    }

    private IPAddress[] Turned(IPAddress[] addresses)
    {
        var first = (int)((uint)Volatile.Read(ref _first) % addresses.Length);
        return [.. addresses[first..], .. addresses[..first]];
    }

    private static IPAddress[] InTurn(IPAddress[] addresses)
    {
        var first = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToArray();
        var second = addresses.Except(first).ToArray();
        return [.. Enumerable.Range(0, Math.Max(first.Length, second.Length)).SelectMany(i => (IPAddress[])[.. first.Skip(i).Take(1), .. second.Skip(i).Take(1)])];
    }
}
