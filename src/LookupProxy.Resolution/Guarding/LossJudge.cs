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
    private const int AllWitnesses = FewWitnesses + ManyWitnesses;

    /// <summary>Re-asked together while nobody is believed to be gone.</summary>
    private const int Chunk = 10;

    /// <summary>Losses that are remembered: of more than these a sample is enough.</summary>
    private const int MaxMissing = 100;

    /// <summary>Losses further apart are not one.</summary>
    private static readonly long Window = TimeSpan.FromHours(1).Ticks;

    /// <summary>While people come back others are still to come, whom nobody can tell from those who have left.</summary>
    private static readonly long Quiet = TimeSpan.FromSeconds(10).Ticks;

    private readonly Lock _gate = new();
    private readonly Dictionary<Address, long> _missing = [];
    private long? _doubtfulSince;
    private long? _heldUntil;
    private int _fewEnough;
    private long _cameBackAt;
    private int _turn;

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
        _doubtfulSince = _heldUntil = null;
    }

    /// <summary>Time that passes while the server can't be asked, or says nothing of anybody, is not <see cref="Quiet"/>.</summary>
    public void RestartQuiet()
    {
        lock (_gate)
            _cameBackAt = clock.Now;
    }

    /// <param name="mayBeReturning">It may be in the middle of getting its people back, or at the end of it: any who is gone counts.</param>
    /// <param name="sightedAt">When it last found somebody who was asked for. Ticks.</param>
    public async ValueTask<Finding> JudgeAsync(bool mayBeReturning, long sightedAt)
    {
        var missing = Missing(forgetOld: true);
        // Those who were missing may be back.
        List<Address> again = mayBeReturning || _doubtfulSince is not null ? [.. missing.Take(AllWitnesses)] : [];
        var few = await AskAsync([.. again, .. people.Choose(mayBeReturning ? AllWitnesses - again.Count : FewWitnesses, missing)]);
        if (mayBeReturning && few.Open is not null && few.Unanswered.Count <= Math.Max(few.Asked.Count / 2, Chunk))
            few = few.Amended(await AskAsync(few.Unanswered));
        var all = few.Gone.Count == 0 || mayBeReturning ? few : few.Plus(await AskAsync(people.Choose(ManyWitnesses, new HashSet<Address>([.. missing, .. few.Asked]))));
        NoteBack(again.Intersect(all.Back));
        if (all.Found == 0 && all.Gone.Count == 0 && all.Open is { } open)
            return new Finding(FindingKind.Unanswered, open);
        foreach (var gone in all.Gone)
            Lost(gone);
        return Weigh(all, mayBeReturning, sightedAt);
    }

    /// <summary>
    /// Whether those who were missing are there again: asked for, others first each time, until most of a handful are not. All of them; or else so many that the rest can
    /// have left, as people do, and nobody has come back for a while although the server tells of people: the directory is not being filled any more.
    /// </summary>
    public async ValueTask<Comeback> LookForThemAsync()
    {
        var missing = Missing(forgetOld: false);
        var from = missing.Count == 0 ? 0 : _turn % missing.Count;
        List<Address> left = [.. missing.Skip(from), .. missing.Take(from)];
        _turn = from;
        while (left.Count > 0)
        {
            var chunk = left.Take(Chunk).ToList();
            left.RemoveRange(0, chunk.Count);
            // With one who is there.
            var words = await AskAsync([.. chunk, .. people.Choose(1, missing)]);
            var back = chunk.Intersect(words.Back).ToList();
            NoteBack(back);
            if (words.Found == 0 && words.Gone.Count == 0)
                RestartQuiet();
            if (back.Count * 2 < chunk.Count)
            {
                _turn += chunk.Count - back.Count;
                break;
            }
        }

        lock (_gate)
        {
            if (_missing.Count == 0)
                return Comeback.Complete;
            if (_missing.Count > _fewEnough || clock.Now - _cameBackAt < Quiet)
                return Comeback.UnderWay;
        }

        TakeLeave();
        return Comeback.Over;
    }

    private void NoteBack(IEnumerable<Address> back)
    {
        lock (_gate)
        {
            foreach (var somebody in back)
            {
                _missing.Remove(somebody);
                _cameBackAt = clock.Now;
            }
        }
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

    private Finding Weigh(Testimony all, bool mayBeReturning, long sightedAt)
    {
        int gone;
        lock (_gate)
            gone = _missing.Count;
        var compared = all.Found + gone;
        var share = compared == 0 ? 0 : (double)gone / compared;
        if (compared >= settings.Minimum && share >= settings.Share)
        {
            Await(Math.Max((int)Math.Ceiling(compared * settings.Share) - 1, 0));
            return new Finding(FindingKind.MassAbsence, new Answer.Unknown(UnknownReason.Distrusted, GuardText.Gone(link))) { Gone = gone, Compared = compared };
        }

        if (compared < settings.Minimum && share >= 0.5)
            return Doubt(sightedAt);
        if (all.Found > 0)
            _doubtfulSince = _heldUntil = null;
        // Of whom it could not say, nobody knows whether they are back; a few of them hide nothing, and no hold is worth it.
        var hides = all.Open is not null && all.Unanswered.Count >= Math.Max(settings.Share * all.Asked.Count, Chunk / 2);
        if (mayBeReturning && (gone > 0 || hides))
        {
            foreach (var unanswered in all.Unanswered)
                Lost(unanswered);
            Await(fewEnough: MaxMissing);
            return new Finding(FindingKind.Returning, new Answer.Unknown(UnknownReason.Distrusted, GuardText.Returning(link)));
        }

        if (compared >= settings.Minimum)
            TakeLeave();
        return Finding.Well;
    }

    /// <summary>For <see cref="LookForThemAsync"/>.</summary>
    private void Await(int fewEnough)
    {
        _fewEnough = fewEnough;
        RestartQuiet();
    }

    /// <summary>Too few to prove anything, and most of them gone: held back for a time, not for ever. Then that is how it is, until it finds somebody again.</summary>
    private Finding Doubt(long sightedAt)
    {
        if (_doubtfulSince is null || sightedAt > _heldUntil)
        {
            _doubtfulSince = clock.Now;
            _heldUntil = null;
        }

        if (clock.Now - _doubtfulSince < settings.HoldFor.Ticks)
            return new Finding(FindingKind.Doubtful, new Answer.Unknown(UnknownReason.Distrusted, GuardText.Doubtful(link)));
        _heldUntil ??= clock.Now;
        TakeLeave();
        return Finding.Well;
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
