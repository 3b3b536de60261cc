using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Storing;

/// <summary>
/// Reads the store for lookups: never for longer than a short time, and not at all while it does not work. A store that is late several times in a row
/// is left alone for a while, so that one which hangs does not delay every lookup.
/// </summary>
internal sealed class StoreReader(IAnswerStore store, SheetClock clock, ResolutionMetrics metrics, ILogger logger)
{
    /// <summary>Many times what a store that is well takes, and little beside a question to a directory that is not.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    /// <summary>For which a store that is late is left alone.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Late reads in a row before that.</summary>
    public const int LateReads = 3;

    private int _late;
    private long _notBefore = long.MinValue;

    public bool CanBeRead => store.CanBeRead && clock.Now >= Volatile.Read(ref _notBefore);

    /// <summary>Null also when it can't be read in time. Never fails.</summary>
    public async ValueTask<StoredSheet?> FindAsync(string key)
    {
        var began = clock.Now;
        Task<StoredSheet?>? reading = null;
        try
        {
            var read = store.FindAsync(key, CancellationToken.None);
            if (read.IsCompletedSuccessfully)
                return Found(read.Result, began);
            reading = read.AsTask();
            return Found(await reading.WaitAsync(Limit, clock.Time), began);
        }
        catch (TimeoutException)
        {
            Leave(reading!);
            metrics.StoreRead(StoreReadResult.Late, clock.Now - began);
        }
        catch (Exception exception)
        {
            // Stores don't throw. Should one do it all the same, the directories are asked.
            metrics.StoreRead(StoreReadResult.Failed, clock.Now - began);
            ResolutionLog.StoreFault(logger, store.Type, exception);
        }

        return null;
    }

    private StoredSheet? Found(StoredSheet? sheet, long began)
    {
        Volatile.Write(ref _late, 0);
        metrics.StoreRead(sheet is null ? StoreReadResult.Miss : StoreReadResult.Hit, clock.Now - began);
        return sheet;
    }

    private void Leave(Task<StoredSheet?> reading)
    {
        _ = reading.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        if (Interlocked.Increment(ref _late) < LateReads)
            return;
        Volatile.Write(ref _late, 0);
        Volatile.Write(ref _notBefore, clock.Now + Pause.Ticks);
    }
}
