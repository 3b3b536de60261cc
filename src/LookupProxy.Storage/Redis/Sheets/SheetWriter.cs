using System.Threading.Channels;
using LookupProxy.Storage.Redis.Connecting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.Sheets;

/// <summary>
/// Writes sheets behind the lookups' back, many at a time in one stream of commands. While Redis does not work they wait, the newest of them: what was learnt
/// meanwhile is there for the other nodes afterwards.
/// </summary>
internal sealed class SheetWriter
{
    /// <summary>Under way at once.</summary>
    private const int BatchLimit = 256;

    /// <summary>With the pauses between, long enough for a server to take over from another. While Redis as a whole does not work nothing is tried.</summary>
    private const int MaxTries = 20;

    /// <summary>Waiting to be tried again; more are let go.</summary>
    private const int AgainLimit = 4 * BatchLimit;

    private readonly RedisOptions _options;
    private readonly RedisGate _gate;
    private readonly RedisCommands _commands;
    private readonly Func<Exception, string> _describe;
    private readonly ILogger _logger;
    private readonly Channel<SheetWrite> _waiting;
    private readonly List<SheetWrite> _batch = [];

    /// <summary>Apart from the others, who must not wait for them: one server of a Redis Cluster may be away for long.</summary>
    private readonly Queue<SheetWrite> _again = [];
    private volatile string? _complaint;
    private bool _isTold;
    private long _pending;
    private long _dropped;

    public SheetWriter(RedisOptions options, RedisGate gate, RedisCommands commands, Func<Exception, string> describe, ILogger logger)
    {
        (_options, _gate, _commands, _describe, _logger) = (options, gate, commands, describe, logger);
        _waiting = Channel.CreateBounded<SheetWrite>(
            new BoundedChannelOptions(options.QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ =>
            {
                Interlocked.Decrement(ref _pending);
                Interlocked.Increment(ref _dropped);
            });
    }

    /// <summary>Counted by itself: between the queue and the batch none may be missed.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Why Redis keeps nothing, though it works; null when it does.</summary>
    public string? Complaint => _complaint;

    public void Add(SheetWrite write)
    {
        Interlocked.Increment(ref _pending);
        _waiting.Writer.TryWrite(write);
    }

    /// <summary>Returns when all has been tried that was added before, or nothing comes to Redis.</summary>
    public async Task WriteWaitingAsync()
    {
        if (!_gate.IsWorking)
            return;
        var again = _again.Count;
        var complains = await WriteAsync(_waiting.Reader.Count, _waiting.Reader.TryRead);
        complains |= await WriteAsync(again, _again.TryDequeue);
        if (complains)
            return;
        _complaint = null;
        _isTold = false;
    }

    /// <summary>Until it is cancelled.</summary>
    /// <param name="pause">Waits a little: until Redis works, or another try may help.</param>
    public async Task RunAsync(Func<Task> pause, CancellationToken stopping)
    {
        while (_again.Count > 0 || await _waiting.Reader.WaitToReadAsync(stopping))
        {
            await WriteWaitingAsync();
            if (_again.Count > 0 || !_gate.IsWorking)
                await pause();
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <returns>True when there is something to complain of.</returns>
    private async Task<bool> WriteAsync(int count, Take take)
    {
        var (complains, goesOn) = (false, true);
        while (goesOn && count > 0 && _gate.IsWorking)
        {
            for (; count > 0 && _batch.Count < BatchLimit && take(out var write); count--)
                _batch.Add(write);
            goesOn = await WriteBatchAsync() is var (some, complaint) && some;
            complains |= complaint;
        }

        return complains;
    }

    /// <summary>What Redis refuses is let go; what did not come to it is tried again later.</summary>
    /// <returns>False when nothing came to Redis, and whether there is something to complain of.</returns>
    private async Task<(bool Some, bool Complains)> WriteBatchAsync()
    {
        var writes = _batch.ConvertAll(TryPutAsync);
        var (failed, refused, complains) = (0, 0, false);
        string? complaint = null;
        for (var i = 0; i < writes.Count; i++)
        {
            if (await writes[i] is not { } exception)
                continue;
            complaint = $"Redis keeps no answers: {_describe(exception)}";
            if (exception is RedisServerException refusal && !IsPassing(refusal) || _batch[i].Tries >= MaxTries || _again.Count >= AgainLimit)
            {
                refused++;
                continue;
            }

            failed++;
            complains |= _batch[i].Tries > 0;
            _again.Enqueue(_batch[i] with { Tries = _batch[i].Tries + 1 });
        }

        complains |= refused > 0;
        if (complains)
            _complaint = complaint;
        if (refused > 0 && !_isTold)
        {
            _isTold = true;
            RedisLog.Refused(_logger, complaint!, refused);
        }

        var done = _batch.Count - failed;
        _batch.Clear();
        // Last: whoever sees the number sees the reason.
        Interlocked.Add(ref _dropped, refused);
        Interlocked.Add(ref _pending, -done);
        return (done > 0, complains);
    }

    private async Task<Exception?> TryPutAsync(SheetWrite write)
    {
        try
        {
            await _commands.PutAsync(SheetName.Parse(write.Sheet.Key).Address, SheetFields.Arguments(write.Sheet, write.Stamp, _options.KeepFor));
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>While servers change their parts, are starting or away.</summary>
    private static bool IsPassing(RedisServerException exception) =>
        RedisFailures.IsUnreachable(exception, out _) || exception.Message.Split(' ')[0] is "NOSCRIPT" or "READONLY" or "LOADING" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "MOVED" or "ASK" or "NOREPLICAS" or "NOAUTH";

    private delegate bool Take(out SheetWrite write);
}
