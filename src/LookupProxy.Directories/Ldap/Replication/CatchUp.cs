using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Replication;

/// <summary>
/// Whether a domain controller has caught up with the others. One that was just started, restored or promoted answers with success from what it has, and
/// lacks whoever was made meanwhile or, as a global catalog, whole domains. Once it has caught up it stays so until it is started anew, which ends its
/// connections; and behind one name there may be several. So an absence counts when it was heard over a connection over which the controller
/// had said before that it has caught up.
/// </summary>
internal sealed class CatchUp(Func<CancellationToken, ValueTask<CatchUpWord>> look, Action<Answer.Unknown?> changed, TimeProvider time)
{
    /// <summary>Connections whose word is remembered: as many as a server may have, old ones and new ones.</summary>
    private const int MaxWords = 128;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>So long after it said that it is behind it is not asked again.</summary>
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (long ConnectedAt, long HeardAt)[] _words = [];
    private Answer.Unknown? _behind;
    private long _behindAt;
    private DateTimeOffset _behindSince;
    private Task<Answer.Unknown?>? _looking;

    /// <summary>What it lacks and since when, as far as is known; null when it has caught up.</summary>
    public (string What, DateTimeOffset Since)? Gap
    {
        get
        {
            lock (_gate)
                return _behind is { } behind ? (behind.Detail, _behindSince) : null;
        }
    }

    /// <summary>Whether it had caught up when it was asked.</summary>
    /// <param name="askedAt">Timestamp of the question.</param>
    /// <param name="connectedAt">Timestamp of the beginning of the connection that carried it, which tells it from others.</param>
    public bool Covers(long askedAt, long connectedAt)
    {
        foreach (var word in Volatile.Read(ref _words))
        {
            if (word.ConnectedAt == connectedAt)
                return askedAt >= word.HeardAt;
        }

        return false;
    }

    /// <returns>Null when some connection's controller has caught up: ask again.</returns>
    public async ValueTask<Answer.Unknown?> FindGapAsync(CancellationToken cancellationToken)
    {
        Task<Answer.Unknown?> looking;
        lock (_gate)
        {
            if (_behind is { } behind && time.GetElapsedTime(_behindAt) < _again)
                return behind;
            looking = _looking ??= LookAsync();
        }

        return await looking.WaitAsync(cancellationToken);
    }

    private async Task<Answer.Unknown?> LookAsync()
    {
        // Not within the lock of who began it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var (behind, connectedAt) = await TryLookAsync();
        var isChanged = false;
        lock (_gate)
        {
            _looking = null;
            if (behind is null)
                Volatile.Write(ref _words, [(connectedAt, time.GetTimestamp()), .. _words.Where(word => word.ConnectedAt != connectedAt).Take(MaxWords - 1)]);
            if (behind is null or { Reason: UnknownReason.Distrusted })
            {
                isChanged = (behind is null) != (_behind is null);
                (_behind, _behindAt) = (behind, time.GetTimestamp());
                if (isChanged)
                    _behindSince = time.GetUtcNow();
            }
        }

        if (isChanged)
            changed(behind);
        return behind;
    }

    private async ValueTask<CatchUpWord> TryLookAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_patience, time);
            return await look(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return new(new Answer.Unknown(UnknownReason.Timeout, $"whether the server has caught up with the others was not told within {_patience.TotalSeconds:0.#} s"));
        }
        catch (Exception exception)
        {
            return new(new Answer.Unknown(UnknownReason.InternalError, exception.Message));
        }
    }
}
