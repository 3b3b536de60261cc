using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>
/// Whether Redis is used. While it is not, nobody waits for it: lookups go on without, at once. It closes when reads take too long (Polly's breaker), or when
/// the keeper finds that Redis does not answer; only the keeper opens it again, when this node is up to date.
/// </summary>
internal sealed class RedisGate
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _limit;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _lock = new();
    private volatile Away? _away;
    private volatile bool _isSlow;
    private bool _wasWorking;

    public RedisGate(TimeSpan limit, TimeProvider time, ILogger logger)
    {
        (_time, _logger, _limit) = (time, logger, limit);
        _away = new Away("not connected yet", time.GetUtcNow());
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(2),
                // Not what ends the break: no read reaches the breaker while the gate is closed.
                BreakDuration = TimeSpan.FromSeconds(1),
                // What fails at once costs nobody time, and may be one server of a Redis Cluster; the keeper finds when it is more.
                ShouldHandle = static arguments => new(arguments.Outcome.Exception is TimeoutException),
                ManualControl = _control,
                OnOpened = arguments =>
                {
                    if (arguments.IsManual)
                        return default;
                    _isSlow = true;
                    Leave($"Redis does not answer within {limit.TotalMilliseconds:0} ms");
                    return default;
                },
            })
            .Build();
    }

    public bool IsWorking => _away is null;

    /// <summary>Why not, and since when; null when it works.</summary>
    public Away? NotWorking => _away;

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
        lock (_lock)
        {
            var before = _away;
            if (before?.Why == why)
                return;
            _away = new Away(why, before?.Since ?? _time.GetUtcNow());
            if (before is not null && _wasWorking)
                return;
        }

        RedisLog.Left(_logger, why);
    }

    /// <summary>Redis is used from now on, unless it is as slow as it was when it was left for that.</summary>
    /// <param name="took">The time that it took to answer.</param>
    public async ValueTask EnterAsync(TimeSpan took)
    {
        if (_away is not { } before || (_isSlow && took > _limit))
            return;
        _isSlow = false;
        await _control.CloseAsync();
        lock (_lock)
        {
            _away = null;
            _wasWorking = true;
        }

        RedisLog.Entered(_logger, _time.GetUtcNow() - before.Since);
    }

    public sealed record Away(string Why, DateTimeOffset Since);
}
