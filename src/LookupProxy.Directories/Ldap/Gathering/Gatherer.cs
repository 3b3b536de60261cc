using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>
/// Searches for addresses below one base of one server. While searches enough are under way those that come in wait for each other and go out as one, which costs
/// the directory half as much. It is sent as soon as another one has ended, or when it is full, or when its first address has waited for a moment: a server that
/// is quick gets few and full ones, one that is slow or far away is not waited for. What is told of several without being clear is asked for each alone.
/// </summary>
/// <param name="most">Addresses in one search. With one, each has a search of its own and no witness is asked for.</param>
/// <param name="shown">What a witness has to show.</param>
internal sealed class Gatherer(
    string baseDn, LdapQuestion question, ILdapSearcher searcher, int most, ShownAttributes shown, Action<string> isUseless, TimeProvider time)
{
    /// <summary>Searches under way that keep a server busy.</summary>
    private const int Enough = 2;

    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(1);

    /// <summary>After a search that was of no use for several addresses.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _newWitness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<AwaitedAddress> _waiting = [];
    private ITimer? _momentIsOver;
    private bool _isTimed;
    private long _waitingSince;
    private int _underWay;
    private Resting? _resting;
    private Witness? _witness;

    public string BaseDn => baseDn;

    public ValueTask<AddressOutcome> SearchAsync(AskedAddress asked, CancellationToken cancellationToken) =>
        most > 1 ? ShareAsync(asked, cancellationToken) : SearchAloneAsync(asked, cancellationToken);

    /// <summary>The server has shown who has this address, and all that it shows of others.</summary>
    public void Saw(AskedAddress asked)
    {
        if (most == 1 || (Volatile.Read(ref _witness) is { } known && time.GetElapsedTime(known.SeenAt) < _newWitness))
            return;
        Volatile.Write(ref _witness, new(asked, time.GetTimestamp()));
    }

    /// <summary>Null while each has to be asked for alone: nobody has been seen yet, or sharing was of no use a short time ago.</summary>
    private Witness? WitnessNow =>
        Volatile.Read(ref _resting) is { } resting && time.GetElapsedTime(resting.Since) < _rest ? null : Volatile.Read(ref _witness);

    private ValueTask<AddressOutcome> ShareAsync(AskedAddress asked, CancellationToken cancellationToken)
    {
        var address = new AwaitedAddress(asked);
        var outcome = address.WaitAsync(cancellationToken);
        AwaitedAddress[]? next = null;
        lock (_gate)
        {
            _waiting.Add(address);
            if (_underWay < Enough || _waiting.Count >= (WitnessNow is null ? 1 : most))
                next = Take_NeedsLock();
            else if (_waiting.Count == 1)
                AwaitMoment_NeedsLock();
        }

        if (next is not null)
            _ = AskAsync(next);
        return outcome;
    }

    private async ValueTask<AddressOutcome> SearchAloneAsync(AskedAddress asked, CancellationToken cancellationToken) =>
        new(await searcher.SearchAsync(question.Search(baseDn, asked.Filter), cancellationToken), WitnessSeen: false);

    private AwaitedAddress[] Take_NeedsLock()
    {
        AwaitedAddress[] taken = [.. _waiting];
        _waiting.Clear();
        _underWay++;
        return taken;
    }

    private async Task AskAsync(AwaitedAddress[] addresses)
    {
        if (WitnessNow is not { } witness)
        {
            await Task.WhenAll(addresses.Select(AskAloneAsync));
            Ended();
            return;
        }

        var search = new SharedSearch(addresses, witness, shown);
        var isUnderWay = true;
        try
        {
            var outcome = await SearchAsync(addresses, search);
            // First, so that the server works on while its answers are gone through.
            isUnderWay = false;
            Ended();
            Tell(addresses, search, witness, outcome);
        }
        catch (Exception exception)
        {
            if (isUnderWay)
                Ended();
            // Cancelled: nobody waits for it. Anything else is a fault of ours.
            foreach (var address in addresses)
                address.Fail(exception);
        }
    }

    private void Tell(AwaitedAddress[] addresses, SharedSearch search, Witness witness, LdapSearchOutcome outcome)
    {
        if (search.Divide(outcome) is { } why)
            Rest(why);
        else if (!search.WitnessSeen && outcome.Fault is null)
            Interlocked.CompareExchange(ref _witness, null, witness);
        var nothing = outcome with { Entries = [] };
        foreach (var address in addresses)
        {
            if (!address.TryEnd(nothing, search.WitnessSeen))
                _ = AskAloneAsync(address);
        }
    }

    private async ValueTask<LdapSearchOutcome> SearchAsync(AwaitedAddress[] addresses, SharedSearch search)
    {
        if (addresses is [var only])
            return await searcher.SearchAsync(question.Search(baseDn, search.Filter, search.Count), only.Cancellation);
        using var stop = new SearchStop(addresses.Length);
        foreach (var address in addresses)
            address.StopWith(stop);
        return await searcher.SearchAsync(question.Search(baseDn, search.Filter, search.Count), stop.Token);
    }

    private async Task AskAloneAsync(AwaitedAddress address)
    {
        try
        {
            address.End(await SearchAloneAsync(address.Asked, address.Cancellation));
        }
        catch (Exception exception)
        {
            address.Fail(exception);
        }
    }

    private void Ended()
    {
        AwaitedAddress[]? next = null;
        lock (_gate)
        {
            _underWay--;
            if (_waiting.Count > 0 && _underWay < Enough)
                next = Take_NeedsLock();
        }

        if (next is not null)
            _ = AskAsync(next);
    }

    private void Rest(string why)
    {
        Volatile.Write(ref _resting, new(time.GetTimestamp()));
        isUseless(why);
    }

    private void AwaitMoment_NeedsLock()
    {
        _waitingSince = time.GetTimestamp();
        if (_isTimed)
            return;
        _isTimed = true;
        _momentIsOver ??= time.CreateTimer(static gatherer => ((Gatherer)gatherer!).EndMoment(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _momentIsOver.Change(_moment, Timeout.InfiniteTimeSpan);
    }

    private void EndMoment()
    {
        AwaitedAddress[] next;
        lock (_gate)
        {
            _isTimed = false;
            if (_waiting.Count == 0)
                return;
            if (time.GetElapsedTime(_waitingSince) < _moment / 2)
            {
                // Those for whom it was set have gone; these came after them.
                _isTimed = true;
                _momentIsOver!.Change(_moment, Timeout.InfiniteTimeSpan);
                return;
            }

            next = Take_NeedsLock();
        }

        _ = AskAsync(next);
    }

    private sealed record Resting(long Since);
}
