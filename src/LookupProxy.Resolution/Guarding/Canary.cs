using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Asks one server for addresses of which the answer is known: one that it does not find shows that its absences count for nothing, one that it should not find
/// that it says yes to too much. Asked as recipients are, live, past every cache.
/// </summary>
internal sealed class Canary
{
    private readonly CanarySettings _settings;
    private readonly TimeSpan _timeout;
    private readonly ServerLink _link;
    private readonly DirectoryTrust _trust;
    private readonly Relay<Answer.Unknown?> _relay;
    private readonly Func<ValueTask<bool>> _mayBelieve;
    private volatile Answer.Unknown? _missing;

    /// <param name="mayBelieve">Whether one that was missing and is found may end the alarm: a directory that is being filled again may have it first.</param>
    public Canary(CanarySettings settings, TimeSpan timeout, ServerLink link, DirectoryTrust trust, Func<ValueTask<bool>> mayBelieve)
    {
        _settings = settings;
        _timeout = timeout;
        _link = link;
        _trust = trust;
        _mayBelieve = mayBelieve;
        _relay = new Relay<Answer.Unknown?>(LookAsync);
    }

    public bool CanTellAbsences => !_settings.Exists.IsEmpty;

    /// <summary>Set while the server does not find somebody who is there.</summary>
    public Answer.Unknown? Missing => _missing;

    /// <summary>Looks for those who are there, by questions put from now on. Null: all are found, or it can't be told for reasons that lie in these questions only.</summary>
    public Task<Answer.Unknown?> FindAsync() => _relay.AfterNowAsync();

    /// <summary>Looks for the one who is not there.</summary>
    public async ValueTask CheckAbsentAsync()
    {
        if (_settings.Absent is not { } nobody)
            return;
        switch (await _link.AskAsync(nobody, _timeout))
        {
            case Answer.Exists:
                _trust.Complain(AlarmNames.CanaryFound, _link.Name, GuardText.CanaryFound(_link, nobody));
                break;
            case Answer.Absent:
                _trust.Withdraw(AlarmNames.CanaryFound, _link.Name, $"{_link.Name} does not have it any more");
                break;
        }
    }

    private async ValueTask<Answer.Unknown?> LookAsync()
    {
        var answers = await Task.WhenAll(_settings.Exists.Select(somebody => _link.AskAsync(somebody, _timeout).AsTask()));
        if (Array.FindIndex(answers, static answer => answer is Answer.Absent) is var gone && gone >= 0)
            return Miss(_settings.Exists[gone]);
        if (_missing is not null && Array.TrueForAll(answers, static answer => answer is Answer.Exists) && await _mayBelieve())
            Found();
        return _missing ?? Illness.FirstOpen(answers);
    }

    private Answer.Unknown Miss(Address somebody)
    {
        if (_missing is { } known)
            return known;
        var missing = new Answer.Unknown(UnknownReason.Distrusted, GuardText.Missing(_link, somebody));
        _missing = missing;
        _trust.Distrust();
        _trust.Complain(AlarmNames.CanaryMissing, _link.Name, GuardText.CanaryMissing(_link, somebody));
        return missing;
    }

    private void Found()
    {
        // Asked before this, it may have been before the repair.
        _trust.Distrust();
        _missing = null;
        _trust.Withdraw(AlarmNames.CanaryMissing, _link.Name, $"{_link.Name} finds its canary again");
    }
}
