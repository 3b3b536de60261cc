using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Somebody whom the directory had is gone: a person who left, or the sign of a directory that has lost many? Others who were there are asked for, live.
/// A few at first, which costs little and tells a whole loss at once; more when one of those is gone too, so that two who left the same day make no alarm.
/// Not safe for several threads but for <see cref="Lost"/>: one judgement runs at a time.
/// </summary>
internal sealed class LossJudge(GuardSettings settings, TimeSpan timeout, ServerLink link, KnownPeople people, SheetClock clock)
{
    private const int FewWitnesses = 15;
    private const int ManyWitnesses = 45;

    /// <summary>Re-asked together while nobody is believed to be gone.</summary>
    private const int Chunk = 10;

    /// <summary>Losses that are remembered: of more than these a sample is enough.</summary>
    private const int MaxMissing = 100;

    /// <summary>Losses further apart are not one.</summary>
    private static readonly long Window = TimeSpan.FromHours(1).Ticks;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, long> _missing = [];
    private long? _doubtfulSince;
    private int _compared;

    /// <summary>Notes one who was there and is not found.</summary>
    public void Lost(Address somebody)
    {
        lock (_gate)
        {
            if (_missing.Count < MaxMissing)
                _missing.TryAdd(somebody, clock.Now);
        }
    }

    /// <summary>The loss is accepted, or over.</summary>
    public void Forget()
    {
        lock (_gate)
            _missing.Clear();
        _doubtfulSince = null;
    }

    public async ValueTask<Finding> JudgeAsync()
    {
        var missing = Missing(forgetOld: true);
        var few = await AskAsync(people.Choose(FewWitnesses, missing));
        var all = few.Gone.Count == 0 ? few : few.Plus(await AskAsync(people.Choose(ManyWitnesses, new HashSet<Address>([.. missing, .. few.Asked]))));
        if (all.Found == 0 && all.Gone.Count == 0 && all.Open is { } open)
            return new Finding(FindingKind.Unanswered, open);
        foreach (var gone in all.Gone)
            Lost(gone);
        return Weigh(all.Found);
    }

    /// <summary>Whether those who were missing are there again: asked for until most of a handful are not.</summary>
    public async ValueTask<bool> AreBackAsync()
    {
        var left = Missing(forgetOld: false).ToList();
        while (left.Count > 0)
        {
            var chunk = left.Take(Chunk).ToList();
            left.RemoveRange(0, chunk.Count);
            var words = await AskAsync(chunk);
            lock (_gate)
            {
                foreach (var back in chunk.Except(words.Gone).Except(words.Unanswered))
                    _missing.Remove(back);
                if (_missing.Count < Math.Max(_compared * settings.Share, 1))
                    return true;
            }

            if (words.Found * 2 < chunk.Count)
                return false;
        }

        return false;
    }

    private HashSet<Address> Missing(bool forgetOld)
    {
        lock (_gate)
        {
            foreach (var old in _missing.Where(missing => forgetOld && clock.Now - missing.Value > Window).Select(static missing => missing.Key).ToList())
                _missing.Remove(old);
            return [.. _missing.Keys];
        }
    }

    private Finding Weigh(int found)
    {
        int gone;
        lock (_gate)
            gone = _missing.Count;
        var compared = found + gone;
        var share = compared == 0 ? 0 : (double)gone / compared;
        if (compared >= settings.Minimum && share >= settings.Share)
        {
            _compared = compared;
            return new Finding(FindingKind.MassAbsence, new Answer.Unknown(UnknownReason.Distrusted, GuardText.Gone(link))) { Gone = gone, Compared = compared };
        }

        if (compared < settings.Minimum && share >= 0.5)
            return Doubt();
        _doubtfulSince = null;
        if (compared >= settings.Minimum)
            TakeLeave();
        return Finding.Well;
    }

    /// <summary>Too few to prove anything, and most of them gone: held back for a time, not for ever.</summary>
    private Finding Doubt()
    {
        _doubtfulSince ??= clock.Now;
        return clock.Now - _doubtfulSince < settings.HoldFor.Ticks
            ? new Finding(FindingKind.Doubtful, new Answer.Unknown(UnknownReason.Distrusted, GuardText.Doubtful(link)))
            : Finding.Well;
    }

    /// <summary>Those who are missing have left, as people do.</summary>
    private void TakeLeave()
    {
        lock (_gate)
        {
            foreach (var somebody in _missing.Keys)
                people.Remove(somebody);
            _missing.Clear();
        }
    }

    private async ValueTask<Testimony> AskAsync(List<Address> witnesses)
    {
        var answers = await Task.WhenAll(witnesses.Select(witness => link.AskAsync(witness, timeout).AsTask()));
        return Testimony.Of(witnesses, answers);
    }
}
