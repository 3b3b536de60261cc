using System.Collections.Immutable;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>One address that is searched for, mostly with others.</summary>
internal sealed class AwaitedAddress(AskedAddress asked) : Awaited<AddressOutcome>
{
    private SearchStop? _stop;
    private ImmutableArray<SearchResultEntry> _entries = [];
    private bool _isDoubtful;
    private int _hasLeft;

    public AskedAddress Asked => asked;

    /// <param name="stop">Told when it is not waited for any more.</param>
    public void StopWith(SearchStop stop)
    {
        Interlocked.Exchange(ref _stop, stop);
        if (IsEnded)
            LeaveOnce();
    }

    public void Take(SearchResultEntry entry) => _entries = _entries.Add(entry);

    /// <summary>What was found does not tell whether it is meant; only a search for it alone will.</summary>
    public void Doubt() => _isDoubtful = true;

    /// <summary>That nothing was found tells nothing.</summary>
    public void DoubtIfNotFound() => _isDoubtful |= _entries.IsEmpty;

    /// <summary>With the entries that it has taken.</summary>
    /// <param name="nothing">What the search brought, without entries.</param>
    /// <returns>False when it must be asked for alone.</returns>
    public bool TryEnd(LdapSearchOutcome nothing, bool witnessSeen)
    {
        if (_isDoubtful)
            return false;
        End(new(_entries.IsEmpty ? nothing : nothing with { Entries = _entries }, witnessSeen));
        return true;
    }

    protected override void OnCancelled() => LeaveOnce();

    /// <summary>It can be told to stop in the moment in which it is cancelled.</summary>
    private void LeaveOnce()
    {
        if (Volatile.Read(ref _stop) is { } stop && Interlocked.Exchange(ref _hasLeft, 1) == 0)
            stop.Leave();
    }
}
