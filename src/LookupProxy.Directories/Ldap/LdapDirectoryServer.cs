using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Text;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Directories.Ldap.Replication;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Ldap;

/// <param name="catchUp">Null where servers don't tell.</param>
internal sealed class LdapDirectoryServer(
    string name,
    ILdapSearcher searcher,
    ImmutableArray<string> baseDns,
    LdapQuestion question,
    OutcomeReader reader,
    Sight sight,
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
            var forms = AddressForms.Of(address);
            var filter = question.Filter(forms);
            while (true)
            {
                var heard = default(Heard);
                var askedAt = catchUp is null ? 0 : time.GetTimestamp();
                var sightedAt = sight.Ask();
                try
                {
                    heard = baseDns is [var only]
                        ? await JudgeAsync(await searcher.SearchAsync(question.Search(only, filter), cancellationToken), only, filter, forms, askedAt, cancellationToken)
                        : await AskBelowAllAsync(filter, forms, askedAt, cancellationToken);
                }
                finally
                {
                    sight.Asked(sightedAt, heard.Answer is Answer.Exists);
                }

                if (heard.Answer is not Answer.Absent)
                    return heard.Answer;
                if (heard.Counts)
                    return await sight.FindBlindnessAsync(heard.ConnectedAt, cancellationToken) is { } blind ? blind : heard.Answer;
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
            foreach (var baseDn in baseDns)
            {
                var outcome = await searcher.SearchAsync(LdapQuestion.Probe(baseDn), cancellationToken);
                if (BaseProbe.Read(outcome, baseDn) is { } failure)
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
    private async ValueTask<Heard> AskBelowAllAsync(LdapFilter filter, ImmutableArray<AddressForm> forms, long askedAt, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Answer? unknown = null;
        var connectedAt = 0L;
        var counts = true;
        try
        {
            var asked = baseDns.Select(baseDn => AskBelowAsync(baseDn, filter, forms, askedAt, stop.Token)).ToArray();
            await foreach (var answered in Task.WhenEach(asked))
            {
                var heard = await answered;
                connectedAt = Math.Max(connectedAt, heard.ConnectedAt);
                counts &= heard.Counts;
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

        return new(unknown ?? Answer.No, connectedAt, counts);
    }

    private async Task<Heard> AskBelowAsync(string baseDn, LdapFilter filter, ImmutableArray<AddressForm> forms, long askedAt, CancellationToken cancellationToken) =>
        await JudgeAsync(await searcher.SearchAsync(question.Search(baseDn, filter), cancellationToken), baseDn, filter, forms, askedAt, cancellationToken);

    /// <summary>At once, but for an entry that must be proved.</summary>
    private async ValueTask<Heard> JudgeAsync(
        LdapSearchOutcome outcome, string baseDn, LdapFilter filter, ImmutableArray<AddressForm> forms, long askedAt, CancellationToken cancellationToken)
    {
        var (answer, unproved) = reader.Read(outcome, baseDn, forms);
        if (unproved is not null && await DisproveAsync(unproved, forms, cancellationToken) is { } doubt)
            answer = doubt;
        LdapLog.Asked(logger, name, baseDn, filter, answer);
        return new(answer, outcome.ConnectedAt, catchUp is null || catchUp.Covers(askedAt, outcome.ConnectedAt));
    }

    /// <summary>
    /// An entry that does not show the address may still be right (unreadable attribute, wider matching rule). Not so when the server gives it for an address
    /// that nobody has as well, or the address holds what a careless server takes for a wildcard.
    /// </summary>
    /// <returns>Null when it is right.</returns>
    private async ValueTask<Answer.Unknown?> DisproveAsync(SearchResultEntry entry, ImmutableArray<AddressForm> forms, CancellationToken cancellationToken)
    {
        if (!forms[0].Local.Span.ContainsAny((byte)'*', (byte)'%'))
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
    private readonly record struct Heard(Answer Answer, long ConnectedAt, bool Counts);
}
