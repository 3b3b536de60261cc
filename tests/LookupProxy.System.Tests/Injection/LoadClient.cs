using System.Net.Sockets;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Injection;

/// <summary>A mail server of few words: one question after the other over one connection, to the next node when its own is gone.</summary>
/// <param name="every">Time from one question to the next, at least.</param>
internal sealed class LoadClient(IReadOnlyList<LookupProxyServer> nodes, int home, Population people, int seed, TimeSpan every, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<Asked> _asked = [];
    private readonly Random _random = new(seed);

    /// <summary>To be read when it has ended.</summary>
    public IReadOnlyList<Asked> Asked => _asked;

    public int Count => _asked.Count;

    public async Task RunAsync(Func<Mix> mix, CancellationToken stop)
    {
        for (var node = home; !stop.IsCancellationRequested; node = (node + 1) % nodes.Count)
        {
            try
            {
                await using var connection = await nodes[node].ConnectPolicyAsync();
                while (!stop.IsCancellationRequested)
                {
                    var (holder, number) = mix().Pick(_random);
                    var began = time.GetTimestamp();
                    await AskAsync(connection, node, holder, number);
                    if (every - time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                        await Task.Delay(rest, time, stop);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    private async Task AskAsync(PolicyClient connection, int node, Holder holder, int number)
    {
        var wasSeen = people.IsSeen(node, holder, number);
        var wasNew = people.IsNew(holder, number);
        var at = time.GetTimestamp();
        var outcome = Outcome.NoAnswer;
        try
        {
            outcome = Outcomes.Of(await connection.AskAsync(Population.Address(holder, number)));
        }
        catch (OperationCanceledException)
        {
            // Fifteen seconds without an answer.
            outcome = Outcome.Strange;
            throw;
        }
        finally
        {
            if (outcome == Outcome.Accepted)
                people.Saw(node, holder, number);
            var until = time.GetTimestamp();
            _asked.Add(new Asked(at, until, time.GetElapsedTime(at, until), holder, wasSeen, wasNew, outcome, number));
        }
    }
}
