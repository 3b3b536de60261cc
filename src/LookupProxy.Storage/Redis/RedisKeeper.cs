using System.Threading.Channels;
using LookupProxy.Storage.Redis.Connecting;
using LookupProxy.Storage.Redis.News;
using LookupProxy.Storage.Redis.Sheets;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis;

/// <summary>
/// Looks after Redis twice a second, and at once when something happens: connects, asks for the number of the last news, reads those that were not heard, and only
/// then lets Redis be used (again). So a node that was cut off is up to date before it believes anything, also when a published message was lost.
/// </summary>
internal sealed class RedisKeeper(
    RedisLink link, RedisGate gate, RedisCommands commands, RedisKeys keys, NewsLedger ledger, TimeSpan lookOverEvery, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>An answer that is not there by then will hardly come.</summary>
    private static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(1);

    /// <summary>A clock that runs a little faster than another.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConnectionPatience _patience = new(time);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task? _woken;
    private Task<long>? _asked;
    private long _askedAt;
    private long _lookedOverAt;
    private bool _isUpToDate;
    private readonly long _began = time.GetTimestamp();
    private Task _running = Task.CompletedTask;

    /// <summary>Ends when Redis works for the first time.</summary>
    public Task Ready => _ready.Task;

    public void Start(NewsDesk desk, RedisAnswerStore store)
    {
        link.Changed = Wake;
        _running = RunAsync(desk, store, _stopping.Token);
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Until the next beat may have changed something.</summary>
    public Task PauseAsync() => Task.Delay(Beat, time, _stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(NewsDesk desk, RedisAnswerStore store, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await BeatAsync(desk, store);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                gate.Leave(link.Describe(exception));
            }
            catch (Exception exception)
            {
                gate.Leave(exception.Message);
                RedisLog.Fault(logger, exception);
            }

            await WaitAsync(stopping);
        }
    }

    private async Task BeatAsync(NewsDesk desk, RedisAnswerStore store)
    {
        if (_patience.Ends())
        {
            _asked = null;
            await link.CloseAsync();
        }

        await link.OpenAsync(keys.Channel, Heard);

        // One question at a time: while Redis hangs, what it owes does not grow.
        if (_asked is null)
        {
            _askedAt = time.GetTimestamp();
            _asked = commands.LastAsync();
        }

        long last;
        try
        {
            last = await _asked.WaitAsync(BeatLimit, time, _stopping.Token);
        }
        finally
        {
            if (_asked.IsCompleted)
                _asked = null;
        }

        _patience.Worked();
        var took = time.GetElapsedTime(_askedAt);
        if (gate.IsWorking && _isUpToDate && last == ledger.Heard && !desk.HasUntold && !store.HasUnforgotten && time.GetElapsedTime(_lookedOverAt) < lookOverEvery)
            return;

        await store.ForgetWaitingAsync();
        await desk.TellWaitingAsync();
        _isUpToDate = false;
        if (!await CatchUpAsync(desk))
            return;
        _isUpToDate = true;
        _lookedOverAt = time.GetTimestamp();
        await LetGoAsync(ledger.Heard);
        link.Worked();
        await gate.EnterAsync(took);
        _ready.TrySetResult();
    }

    /// <returns>False when the administrator said something meanwhile: it is read again.</returns>
    private async Task<bool> CatchUpAsync(NewsDesk desk)
    {
        var mark = ledger.Mark;
        // Of the time before the reading: what is flushed later has a higher number.
        var begins = ledger.HasRead ? 0 : await commands.NumberAsync();
        if (!ledger.HasRead)
            ledger.Begins(begins - ((time.GetElapsedTime(_began) + Slack).Ticks / TimeSpan.TicksPerMicrosecond));
        if (ledger.CatchUp(await commands.CatchUpAsync(mark.Heard), mark, time.GetUtcNow()) is not { } lost)
            return false;
        ledger.Begin(begins);
        if (lost.Length > 0)
        {
            RedisLog.Lost(logger, lost.Length);
            foreach (var entry in lost)
                await desk.OverriddenAsync(entry, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Of overrides, which Redis keeps for good. One that is full, or may not write, keeps them a little longer.</summary>
    private async Task LetGoAsync(long heard)
    {
        var now = time.GetUtcNow();
        try
        {
            if (ledger.LongPast(now) is { Length: > 0 } past && await commands.LetGoAsync(heard, past, now))
                ledger.LetGo(past, now);
        }
        catch (RedisServerException)
        {
            // The next time, perhaps.
        }
    }

    private void Heard(RedisValue message)
    {
        if (!ledger.TryHear((byte[]?)message))
            Wake();
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        _woken ??= _wake.Reader.ReadAsync(stopping).AsTask();
        try
        {
            await _woken.WaitAsync(Beat, time, stopping);
            _woken = null;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
        }
    }
}
