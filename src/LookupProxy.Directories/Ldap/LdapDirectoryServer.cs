using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Text;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Gathering;
using LookupProxy.Directories.Ldap.Replication;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Ldap;

/// <param name="catchUp">Null where servers don't tell.</param>
internal sealed class LdapDirectoryServer(
    string name,
    ILdapSearcher searcher,
    ImmutableArray<Gatherer> gatherers,
    LdapQuestion question,
    OutcomeReader reader,
    Sight sight,
    ShownAttributes shown,
    CatchUp? catchUp,
    TimeProvider time,
    ILogger logger) : IDirectoryServer
{
    private readonly LogThrottle _throttle = new(time, burst: 1, window: TimeSpan.FromMinutes(10));

    public string Name => name;

    public async ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken)
    {
        try
        {
            var asked = question.Of(address);
            while (true)
            {
                var heard = default(Heard);
                var askedAt = catchUp is null ? 0 : time.GetTimestamp();
                var sightedAt = sight.Ask();
                try
                {
                    heard = gatherers is [var only]
                        ? await JudgeAsync(await only.SearchAsync(asked, cancellationToken), only, asked, askedAt, cancellationToken)
                        : await AskBelowAllAsync(asked, askedAt, cancellationToken);
                }
                finally
                {
                    sight.Asked(sightedAt, heard.SeesPeople);
                }

                if (heard.Answer is not Answer.Absent)
                    return heard.Answer;
                if (heard.Counts)
                    return !heard.SeesPeople && await sight.FindBlindnessAsync(heard.ConnectedAt, cancellationToken) is { } blind ? blind : heard.Answer;
                if (await catchUp!.FindGapAsync(cancellationToken) is { } behind)
                    return behind;
                // Once for each new connection: it has caught up, but perhaps only since it said that there is nobody.
            }
        }
        catch (Exception exception)
        {
            return OwnFault(exception, cancellationToken);
        }
    }

    public async ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var gatherer in gatherers)
            {
                var outcome = await searcher.SearchAsync(LdapQuestion.Probe(gatherer.BaseDn), cancellationToken);
                if (BaseProbe.Read(outcome, gatherer.BaseDn) is { } failure)
                    return failure;
            }

            return sight.Glance();
        }
        catch (Exception exception)
        {
            return OwnFault(exception, cancellationToken);
        }
    }

    public void TryAnew() => searcher.TryAnew();

    public ValueTask DisposeAsync() => searcher.DisposeAsync();

    /// <summary>Exists below any of them wins at once. Absent only when all were searched whole.</summary>
    private async ValueTask<Heard> AskBelowAllAsync(AskedAddress asked, long askedAt, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Answer? unknown = null;
        var connectedAt = 0L;
        var counts = true;
        var seesPeople = false;
        try
        {
            var searches = gatherers.Select(gatherer => AskBelowAsync(gatherer, asked, askedAt, stop.Token)).ToArray();
            await foreach (var answered in Task.WhenEach(searches))
            {
                var heard = await answered;
                connectedAt = Math.Max(connectedAt, heard.ConnectedAt);
                counts &= heard.Counts;
                seesPeople |= heard.SeesPeople;
                switch (heard.Answer)
                {
                    case Answer.Exists:
                        return heard;
                    case Answer.Unknown failure:
                        unknown ??= failure;
                        break;
                }
            }
        }
        finally
        {
            // The searches still under way are abandoned, not awaited: nothing they bring is of use.
            await stop.CancelAsync();
        }

        return new(unknown ?? Answer.No, connectedAt, counts, seesPeople);
    }

    private async Task<Heard> AskBelowAsync(Gatherer gatherer, AskedAddress asked, long askedAt, CancellationToken cancellationToken) =>
        await JudgeAsync(await gatherer.SearchAsync(asked, cancellationToken), gatherer, asked, askedAt, cancellationToken);

    /// <summary>At once, but for an entry that must be proved.</summary>
    private async ValueTask<Heard> JudgeAsync(AddressOutcome found, Gatherer gatherer, AskedAddress asked, long askedAt, CancellationToken cancellationToken)
    {
        var outcome = found.Outcome;
        var (answer, unproved) = reader.Read(outcome, gatherer.BaseDn, asked);
        if (unproved is not null && await DisproveAsync(unproved, asked, cancellationToken) is { } doubt)
            answer = doubt;
        var seesPeople = found.WitnessSeen;
        if (answer is Answer.Exists && SeesAll(outcome.Entries))
        {
            seesPeople = true;
            if (unproved is null)
                gatherer.Saw(asked);
        }

        if (seesPeople)
            shown.AllAreSeen();
        LdapLog.Asked(logger, name, gatherer.BaseDn, asked.Filter, answer);
        return new(answer, outcome.ConnectedAt, catchUp is null || catchUp.Covers(askedAt, outcome.ConnectedAt), seesPeople);
    }

    private bool SeesAll(ImmutableArray<SearchResultEntry> entries)
    {
        var sees = false;
        foreach (var entry in entries)
        {
            shown.Saw(entry);
            sees |= shown.AreAllShownBy(entry);
        }

        return sees;
    }

    /// <summary>
    /// An entry that does not show the address may still be right (unreadable attribute, wider matching rule). Not so when the server gives it for an address
    /// that nobody has as well, or the address holds what a careless server takes for a wildcard.
    /// </summary>
    /// <returns>Null when it is right.</returns>
    private async ValueTask<Answer.Unknown?> DisproveAsync(SearchResultEntry entry, AskedAddress asked, CancellationToken cancellationToken)
    {
        if (!asked.HasWildcard)
        {
            var control = await searcher.SearchAsync(question.Control(entry), cancellationToken);
            if (control.Entries.IsEmpty)
                return ControlSearch.WithoutEntry(control, entry);
        }

        if (_throttle.Allow(out var suppressed))
            LdapLog.FilterIgnored(logger, name, entry.ObjectName, suppressed);
        return ControlSearch.Unheeded(entry);
    }

    /// <summary>The searcher never throws for the server's or the network's faults, so this is a cancellation or a bug.</summary>
    private Answer.Unknown OwnFault(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
            throw new OperationCanceledException(cancellationToken);
        LdapLog.QuestionFailed(logger, name, exception);
        return new(UnknownReason.InternalError, exception.Message);
    }

    /// <param name="ConnectedAt">See <see cref="LdapSearchOutcome.ConnectedAt"/>; the latest when several searches were asked.</param>
    /// <param name="Counts">An absence does: the server had caught up with the others.</param>
    /// <param name="SeesPeople">Somebody was found with it: an absence needs no other proof that the server sees people.</param>
    private readonly record struct Heard(Answer Answer, long ConnectedAt, bool Counts, bool SeesPeople);
}
