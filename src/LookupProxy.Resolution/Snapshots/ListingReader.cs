using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>Reads a directory's recipients once, and says how far it is.</summary>
internal sealed class ListingReader(string directory, IRecipientListing listing, SnapshotSettings settings, TimeProvider time, ILogger logger)
{
    /// <summary>A listing gives up sooner by itself. One that does not is no reason to wait for ever.</summary>
    private static readonly TimeSpan LongestPage = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private volatile ReadingProgress? _progress;

    /// <summary>Null while nothing is read.</summary>
    public ReadingProgress? Progress => _progress;

    /// <param name="before">Upon which changes are read, when they can be.</param>
    /// <exception cref="ListingException">It did not come to its end.</exception>
    /// <exception cref="CopyFullException">It is too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RecipientCopy> ReadAsync(RecipientCopy? before, CopyKeys keys, bool all, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestPage, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        _progress = new ReadingProgress(0, null);
        try
        {
            return await ReadAsync(all ? null : before, keys, patience, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ListingException(UnknownReason.Timeout, $"no page within {LongestPage.TotalMinutes:0} minutes", exception);
        }
        finally
        {
            _progress = null;
        }
    }

    private async Task<RecipientCopy> ReadAsync(RecipientCopy? before, CopyKeys keys, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var toldAt = time.GetTimestamp();
        ICopyReading? reading = null;
        ListingBatch? last = null;
        long? expected = null;
        await foreach (var batch in listing.ReadAsync(before?.Stamp.Mark, cancellationToken))
        {
            patience.CancelAfter(LongestPage);
            expected = batch.Expected ?? expected;
            reading ??= batch.IsFull || before is null ? new CopyOfAll(keys, settings, expected) : new CopyOfChanges(before, settings);
            reading.Add(batch);
            last = batch;
            _progress = new ReadingProgress(reading.Recipients, batch.IsFull ? expected : null);
            if (batch.IsFull && time.GetElapsedTime(toldAt) >= TellEvery)
            {
                toldAt = time.GetTimestamp();
                Tell(reading.Recipients, expected);
            }
        }

        if (reading is null || last is null)
            throw new ListingException(UnknownReason.ProtocolError, "the reading ended without a page");
        var copy = reading.Finish(last, startedAt);
        if (reading.Curtailed > 0)
            SnapshotLog.Curtailed(logger, directory, reading.Curtailed, settings.MaxAttributes);
        return copy;
    }

    private void Tell(long recipients, long? expected)
    {
        if (expected is { } all and > 0)
            SnapshotLog.Progress(logger, directory, recipients, all, (double)recipients / all);
        else
            SnapshotLog.Progress(logger, directory, recipients);
    }
}
