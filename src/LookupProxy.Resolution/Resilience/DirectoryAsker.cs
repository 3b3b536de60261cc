using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.Resolution.Storing;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// Asks a directory by asking its servers: the best one first, the next when it is slow or can't say. Polly's hedging is not used, because it cancels
/// those that lose: a replica that hangs would never be seen to time out. Here every question runs to its own end.
/// </summary>
internal sealed class DirectoryAsker : IDirectoryAsker, IAsyncDisposable
{
    private readonly IDirectory _directory;
    private readonly ImmutableArray<ServerAsker> _servers;
    private readonly ServerOrder _order;
    private readonly DirectoryTrust _trust;
    private readonly TimeSpan _hedgeAfter;
    private readonly bool _isGuarded;
    private readonly SheetClock _clock;
    private readonly ResolutionMetrics _metrics;

    public DirectoryAsker(
        IDirectory directory, ResilienceSettings settings, ILocalCopy? copy, SheetClock clock, ILogger logger, ResolutionMetrics metrics, AlarmBook alarms,
        CancellationToken closing)
    {
        if (directory.Servers.Count == 0)
            throw new ArgumentException($"Directory '{directory.Name}' has no server.", nameof(directory));
        _directory = directory;
        Copy = copy;
        Origin = Origins.NumberOf(directory.Origin);
        _clock = clock;
        _metrics = metrics;
        _hedgeAfter = settings.HedgeAfter;
        _isGuarded = settings.Guard.Enabled;
        _trust = new DirectoryTrust(directory.Name, clock, alarms);
        _servers = [.. directory.Servers.Select(server => new ServerAsker(_trust, server, settings, clock, logger, closing))];
        _order = new ServerOrder(_servers);
    }

    public string Name => _directory.Name;

    public ILocalCopy? Copy { get; }

    public uint Origin { get; }

    public IReadOnlyCollection<string> PublishedAttributes => _directory.PublishedAttributes;

    public ImmutableArray<ServerAsker> Servers => _servers;

    public DirectoryHealth Health => new(Name, _directory.Type, [.. _servers.Select(static server => server.Health)]);

    public long AbsencesCountFrom => _trust.AbsencesCountFrom;

    public bool IsDoubted => _servers.Any(static server => server.Distrusts);

    public ValueTask<Answer> AskAsync(Address address, long? seenAt) =>
        _servers.Length == 1 ? _servers[0].AskAsync(address, seenAt) : AskSeveralAsync(address, seenAt);

    /// <summary>A witness, so that after a restart a loss is noticed before anybody has been found anew.</summary>
    public void Hear(Address somebody)
    {
        if (_isGuarded)
            _trust.People.Add(somebody);
    }

    /// <summary>Takes it as the truth that many are gone. False when that was not refused.</summary>
    public bool Accept()
    {
        if (!_servers.Any(static server => server.SuspectsLoss))
            return false;
        _trust.Accept();
        foreach (var server in _servers)
            server.AcceptLoss();
        return true;
    }

    /// <summary>Absences heard so far count no more.</summary>
    public void ForgetAbsences() => _trust.Distrust();

    public void StartProbing()
    {
        foreach (var server in _servers)
            server.StartProbing();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private async ValueTask<Answer> AskSeveralAsync(Address address, long? seenAt)
    {
        var order = _order.Next();
        var asked = 0;
        var underWay = new List<Task<Answer>>(order.Length);
        Answer.Unknown? why = null;
        while (true)
        {
            if (asked < order.Length)
            {
                if (underWay.Count > 0 || why is { Reason: not (UnknownReason.CircuitOpen or UnknownReason.Isolated) })
                    _metrics.Hedged(Name);
                var question = order[asked++].AskAsync(address, seenAt);
                if (question.IsCompleted)
                {
                    var answer = await question;
                    if (answer is not Answer.Unknown unknown)
                        return answer;
                    why = ReasonRank.MoreTelling(why, unknown);
                    continue;
                }

                underWay.Add(question.AsTask());
            }

            if (underWay.Count == 0)
                return why!;
            Task any = Task.WhenAny(underWay);
            if (asked < order.Length)
            {
                any = any.WaitAsync(_hedgeAfter, _clock.Time);
                await any.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            else
            {
                await any;
            }

            for (var i = underWay.Count - 1; i >= 0; i--)
            {
                if (!underWay[i].IsCompleted)
                    continue;
                if (await underWay[i] is not Answer.Unknown unknown)
                    return await underWay[i];
                why = ReasonRank.MoreTelling(why, unknown);
                underWay.RemoveAt(i);
            }
        }
    }
}
