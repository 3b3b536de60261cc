using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Federation;

namespace LookupProxy.Resolution.Caching;

/// <summary>Everything known of one address in one namespace: a slot for each directory. The slots never change; a new answer makes a new sheet.</summary>
internal sealed class AnswerSheet
{
    private readonly Slot[] _slots;
    private long _refreshNotBefore;
    private Verdict? _verdict;

    public AnswerSheet(NamespaceState ns, string key)
        : this(ns, key, ns.NoAnswers)
    {
    }

    private AnswerSheet(NamespaceState ns, string key, Slot[] slots)
    {
        Namespace = ns;
        Key = key;
        _slots = slots;
    }

    /// <summary>Whose directories the slots stand for. A sheet of another model's namespace tells nothing.</summary>
    public NamespaceState Namespace { get; }

    /// <summary>Holds the address too, see <see cref="ReadAddress"/>.</summary>
    public string Key { get; }

    public ReadOnlySpan<Slot> Slots => _slots;

    public bool HasExists
    {
        get
        {
            foreach (ref readonly var slot in Slots)
            {
                if (slot.Answer is Answer.Exists)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The last verdict that memory made of this sheet. Only an economy: who takes it checks that it still holds.</summary>
    public Verdict? LastVerdict
    {
        get => Volatile.Read(ref _verdict);
        set => Volatile.Write(ref _verdict, value);
    }

    /// <summary>Read off the key, a new object each time: there may be a million sheets, and few of them have their address looked at.</summary>
    public Address ReadAddress() => SheetKey.AddressOf(Namespace, Key);

    public AnswerSheet With(int directory, in Slot slot)
    {
        var slots = (Slot[])_slots.Clone();
        slots[directory] = slot;
        return new AnswerSheet(Namespace, Key, slots);
    }

    /// <summary>
    /// The directory that had the recipient has it no more. It may have moved to another, whose Absent is older than the move:
    /// those are forgotten, so that no Invalid comes of two answers that were never true together.
    /// </summary>
    public AnswerSheet WithGone(int directory, in Slot absent)
    {
        var slots = (Slot[])_slots.Clone();
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].Answer is Answer.Absent)
                slots[i] = default;
        }

        slots[directory] = absent;
        return new AnswerSheet(Namespace, Key, slots);
    }

    /// <summary>Without the absences of directories that have been found since to deny who is there; itself when there is none.</summary>
    public AnswerSheet Believed()
    {
        var believed = this;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Answer is Answer.Absent && _slots[i].AskedAt < Namespace.Directories[i].AbsencesCountFrom)
                believed = believed.With(i, default);
        }

        return believed;
    }

    public AnswerSheet WithAll(Slot[] slots) => new(Namespace, Key, slots);

    /// <summary>When the oldest answer was given; the end of time when there is none.</summary>
    public long OldestGivenAt
    {
        get
        {
            var oldest = long.MaxValue;
            foreach (ref readonly var slot in Slots)
            {
                if (slot.Answer is not null)
                    oldest = Math.Min(oldest, slot.GivenAt);
            }

            return oldest;
        }
    }

    /// <summary>When nothing on the sheet can matter any more; zero when nothing is on it.</summary>
    public long UsefulUntil(long staleFor)
    {
        var last = 0L;
        foreach (ref readonly var slot in Slots)
        {
            var end = slot.Answer is Answer.Exists ? slot.FreshUntil + staleFor : slot.FreshUntil;
            last = Math.Max(last, end);
        }

        return last;
    }

    /// <summary>True for one caller until <paramref name="pause"/> has passed, so that a refresh that fails is not tried at every use.</summary>
    public bool ClaimRefresh(long now, long pause)
    {
        var notBefore = Volatile.Read(ref _refreshNotBefore);
        return now >= notBefore && Interlocked.CompareExchange(ref _refreshNotBefore, now + pause, notBefore) == notBefore;
    }
}
