using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>
/// Whether Redis is used. While it is not, nobody waits for it: lookups go on without, at once. It opens when reads fail or take too long (Polly's breaker), or when
/// the keeper finds that Redis does not answer; only the keeper closes it again, when this node is up to date.
/// </summary>
internal sealed class RedisGate
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _limit;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;
    private volatile string? _away = "not connected yet";
    private long _awaySince;
    private bool _wasWorking;

    public RedisGate(TimeSpan limit, TimeProvider time, ILogger logger)
    {
        (_time, _logger, _limit) = (time, logger, limit);
        _awaySince = time.GetTimestamp();
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(2),
                // Not what ends the break: no read reaches the breaker while the gate is closed.
                BreakDuration = TimeSpan.FromSeconds(1),
                ManualControl = _control,
                OnOpened = arguments =>
                {
                    if (!arguments.IsManual)
                        Leave($"Redis does not answer within {limit.TotalMilliseconds:0} ms");
                    return default;
                },
            })
            .Build();
    }

    public bool IsWorking => _away is null;

    /// <summary>Why not; null when it works.</summary>
    public string? Why => _away;

    /// <summary>Null also when Redis is not used, fails or is late.</summary>
    public async ValueTask<T?> ReadAsync<T, TState>(Func<TState, Task<T>> read, TState state, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsWorking)
            return null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                static async (_, call) =>
                {
                    try
                    {
                        return Outcome.FromResult<T?>(await call.read(call.state).WaitAsync(call.Gate._limit, call.Gate._time));
                    }
                    catch (Exception exception)
                    {
                        return Outcome.FromException<T?>(exception);
                    }
                },
                context,
                (Gate: this, read, state));
            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Redis is not used from now on.</summary>
    public void Leave(string why)
    {
        var before = Interlocked.Exchange(ref _away, why);
        if (before is null)
            Interlocked.Exchange(ref _awaySince, _time.GetTimestamp());
        if (before is null || (!Volatile.Read(ref _wasWorking) && before != why))
            RedisLog.Left(_logger, why);
    }

    /// <summary>Redis is used from now on.</summary>
    public async ValueTask EnterAsync()
    {
        if (IsWorking)
            return;
        await _control.CloseAsync();
        Volatile.Write(ref _wasWorking, true);
        _away = null;
        RedisLog.Entered(_logger, _time.GetElapsedTime(Interlocked.Read(ref _awaySince)));
    }
}
