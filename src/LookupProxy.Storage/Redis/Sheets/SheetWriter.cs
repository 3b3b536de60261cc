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

    private readonly RedisOptions _options;
    private readonly RedisGate _gate;
    private readonly RedisCommands _commands;
    private readonly Func<Exception, string> _describe;
    private readonly ILogger _logger;
    private readonly Channel<SheetWrite> _waiting;
    private readonly List<SheetWrite> _batch = [];
    private volatile string? _complaint;
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

    /// <summary>Returns when all has been written that was added before, or some could not be.</summary>
    public async Task WriteWaitingAsync()
    {
        var goesOn = true;
        while (goesOn && _gate.IsWorking)
        {
            while (_batch.Count < BatchLimit && _waiting.Reader.TryRead(out var write))
                _batch.Add(write);
            if (_batch.Count == 0)
                return;
            goesOn = await WriteBatchAsync();
        }
    }

    /// <summary>Until it is cancelled.</summary>
    /// <param name="pause">Waits a little: until Redis works, or another try may help.</param>
    public async Task RunAsync(Func<Task> pause, CancellationToken stopping)
    {
        while (_batch.Count > 0 || await _waiting.Reader.WaitToReadAsync(stopping))
        {
            await WriteWaitingAsync();
            if (_batch.Count > 0 || !_gate.IsWorking)
                await pause();
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What Redis refuses is let go; what did not come to it stays in the batch.</summary>
    /// <returns>False when something stays.</returns>
    private async Task<bool> WriteBatchAsync()
    {
        var writes = _batch.ConvertAll(TryPutAsync);
        var failed = new List<SheetWrite>();
        var refused = 0;
        string? complaint = null;
        for (var i = 0; i < writes.Count; i++)
        {
            if (await writes[i] is not { } exception)
                continue;
            complaint = $"Redis keeps no answers: {_describe(exception)}";
            if (exception is RedisServerException refusal && !IsPassing(refusal) || _batch[i].Tries >= MaxTries)
                refused++;
            else
                failed.Add(_batch[i] with { Tries = _batch[i].Tries + 1 });
        }

        var done = _batch.Count - failed.Count;
        _batch.Clear();
        _batch.AddRange(failed);
        if (refused > 0 && _complaint is null)
            RedisLog.Refused(_logger, complaint!, refused);
        _complaint = refused > 0 || failed.Exists(static write => write.Tries > 1) ? complaint : null;
        // Last: whoever sees the number sees the reason.
        Interlocked.Add(ref _dropped, refused);
        Interlocked.Add(ref _pending, -done);
        return failed.Count == 0;
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

    /// <summary>While servers change their parts, or are starting.</summary>
    private static bool IsPassing(RedisServerException exception) =>
        exception.Message.Split(' ')[0] is "NOSCRIPT" or "READONLY" or "LOADING" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "MOVED" or "ASK" or "NOREPLICAS" or "NOAUTH";
}
