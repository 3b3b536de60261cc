using System.Collections.Concurrent;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Cluster;

/// <summary>Gateways that ask all nodes without a pause, for people who exist and for others who never do, and keep what was wrong.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly Task[] _gateways;
    private long _slowest;
    private long _answered;

    private ClusterLoad(ThreeNodes lab) => _gateways = [.. lab.Nodes.SelectMany((node, i) => (Task[])[AskAsync(node, 2 * i), AskAsync(node, (2 * i) + 1)])];

    /// <summary>Since <see cref="Forget"/>.</summary>
    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref _slowest));

    /// <summary>Since <see cref="Forget"/>.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public static ClusterLoad Start(ThreeNodes lab) => new(lab);

    public void Forget()
    {
        Interlocked.Exchange(ref _slowest, 0);
        Interlocked.Exchange(ref _answered, 0);
    }

    /// <summary>Until some hundred more have been answered.</summary>
    public Task SettleAsync()
    {
        var enough = Answered + 300;
        return Eventually.TrueAsync(() => Task.FromResult(Answered >= enough || _gateways.Any(static gateway => gateway.IsCompleted)), Patience, () => $"{enough} are answered");
    }

    /// <returns>What was wrong.</returns>
    public async Task<string[]> EndAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_gateways);
        return [.. _wrong];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ending.Dispose();
    }

    private async Task AskAsync(LookupProxyServer node, int gateway)
    {
        try
        {
            await using var client = await node.ConnectPolicyAsync();
            for (var i = 0; !_ending.IsCancellationRequested; i++)
            {
                var number = 1 + (((i * 7) + (gateway * 31)) % ThreeNodes.PeopleEach);
                var (address, action) = (i % 4) switch
                {
                    0 => ($"contoso{number}@corp.example", "DUNNO"),
                    1 => ($"fabrikam{number}@corp.example", "DUNNO"),
                    2 => ($"nobody{number}@corp.example", "550 5.1.1 "),
                    _ => ($"nobody{gateway}x{i}@corp.example", "550 5.1.1 "),
                };
                var began = TimeProvider.System.GetTimestamp();
                var answer = await client.AskAsync(address);
                Note(TimeProvider.System.GetElapsedTime(began));
                if (!answer.StartsWith(action, StringComparison.Ordinal))
                    _wrong.Enqueue($"{address}: {answer}");
            }
        }
        catch (Exception exception)
        {
            _wrong.Enqueue(exception.ToString());
        }
    }

    private void Note(TimeSpan took)
    {
        Interlocked.Increment(ref _answered);
        long known;
        while ((known = Interlocked.Read(ref _slowest)) < took.Ticks && Interlocked.CompareExchange(ref _slowest, took.Ticks, known) != known)
        {
        }
    }
}
