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

    private readonly RedisOptions _options;
    private readonly RedisGate _gate;
    private readonly RedisCommands _commands;
    private readonly ILogger _logger;
    private readonly Channel<SheetWrite> _waiting;
    private readonly List<SheetWrite> _batch = [];
    private volatile string? _complaint;
    private long _dropped;
    private int _underWay;

    public SheetWriter(RedisOptions options, RedisGate gate, RedisCommands commands, ILogger logger)
    {
        (_options, _gate, _commands, _logger) = (options, gate, commands, logger);
        _waiting = Channel.CreateBounded<SheetWrite>(
            new BoundedChannelOptions(options.QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    public long Pending => _waiting.Reader.Count + Volatile.Read(ref _underWay);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Why Redis keeps nothing, though it works; null when it does.</summary>
    public string? Complaint => _complaint;

    public void Add(SheetWrite write) => _waiting.Writer.TryWrite(write);

    /// <summary>Returns when all has been written that was added before, or Redis does not work.</summary>
    public async Task WriteWaitingAsync()
    {
        while (_gate.IsWorking)
        {
            while (_batch.Count < BatchLimit && _waiting.Reader.TryRead(out var write))
                _batch.Add(write);
            Volatile.Write(ref _underWay, _batch.Count);
            if (_batch.Count == 0)
                return;
            await WriteBatchAsync();
            Volatile.Write(ref _underWay, _batch.Count);
        }
    }

    /// <summary>Until it is cancelled.</summary>
    /// <param name="pause">Waits until Redis works, or a little.</param>
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
    private async Task WriteBatchAsync()
    {
        var writes = _batch.ConvertAll(TryPutAsync);
        var failed = new List<SheetWrite>();
        var refused = 0;
        string? complaint = null;
        for (var i = 0; i < writes.Count; i++)
        {
            switch (await writes[i])
            {
                case null:
                    break;
                case RedisServerException exception when !IsPassing(exception):
                    complaint = $"Redis refuses to keep answers: {exception.Message}";
                    refused++;
                    break;
                case var exception:
                    failed.Add(_batch[i]);
                    complaint = exception.Message;
                    break;
            }
        }

        _batch.Clear();
        _batch.AddRange(failed);
        Interlocked.Add(ref _dropped, refused);
        if (refused > 0 && _complaint is null)
            RedisLog.Refused(_logger, complaint!, refused);
        _complaint = refused > 0 ? complaint : null;
        if (failed.Count > 0)
            _gate.Leave(complaint ?? "answers cannot be written");
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
