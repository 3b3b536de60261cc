using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis.Connecting;
using LookupProxy.Storage.Redis.News;
using LookupProxy.Storage.Redis.Sheets;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Redis;

/// <summary>Redis (or Valkey) as what several nodes share: answers, flushes, overrides. Begins at once, and waits for nothing. Disposing the store disposes all of it.</summary>
public sealed class RedisSecondLevel : IAsyncDisposable
{
    /// <summary>For what waits to be written at the end.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly RedisLink _link;
    private readonly RedisKeeper _keeper;
    private readonly SheetWriter _writer;
    private readonly TimeProvider _time;
    private readonly Task _writing;
    private int _closed;

    private RedisSecondLevel(RedisOptions options, TimeProvider time, ILogger logger)
    {
        _time = time;
        var node = Guid.NewGuid().ToString("N");
        var keys = new RedisKeys(options.Prefix);
        var marks = new FlushMarks();
        var gate = new RedisGate(options.ReadTimeout, time, logger);
        var ledger = new NewsLedger(node, marks, logger);
        _link = new RedisLink(options, time);
        var commands = new RedisCommands(_link, keys, time);
        _keeper = new RedisKeeper(_link, gate, commands, keys, ledger, options.LookOverEvery, time, logger);
        _writer = new SheetWriter(options, gate, commands, _link.Describe, logger);
        var store = new RedisAnswerStore(gate, commands, keys, marks, _writer, _keeper.Wake, DisposeAsync);
        var desk = new NewsDesk(node, commands, ledger, gate, _keeper.Wake);
        (Store, News, Overrides) = (store, desk, new RedisOverrides(_keeper, ledger, time));
        _keeper.Start(desk, store);
        _writing = _writer.RunAsync(_keeper.PauseAsync, _stopping.Token);
    }

    public IAnswerStore Store { get; }

    public IClusterNews News { get; }

    public IOverrideStore Overrides { get; }

    public static RedisSecondLevel Open(RedisOptions options, TimeProvider time, ILogger logger) => new(options, time, logger);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        try
        {
            await _writing;
        }
        catch (OperationCanceledException)
        {
        }

        try
        {
            await _writer.WriteWaitingAsync().WaitAsync(LastWrites, _time);
        }
        catch (TimeoutException)
        {
        }

        await _keeper.DisposeAsync();
        await _link.DisposeAsync();
        _stopping.Dispose();
    }
}
