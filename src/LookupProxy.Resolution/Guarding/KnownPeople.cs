using LookupProxy.Core.Addresses;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Some of those who a directory said exist, the newer where there is room for one only: witnesses to ask for when somebody who was there is gone.
/// Bounded, and without a lock: a witness more or less is of no account.
/// </summary>
internal sealed class KnownPeople
{
    private const int Places = 256;

    /// <summary>Neighbouring places where one may stand, so that of a few hardly any is lost.</summary>
    private const int Choices = 8;

    private readonly Address?[] _people = new Address?[Places];
    private int _next;

    public void Add(Address address)
    {
        var home = Place(address);
        int? free = null;
        for (var i = 0; i < Choices; i++)
        {
            var place = (home + i) % Places;
            if (Volatile.Read(ref _people[place]) is not { } person)
                free ??= place;
            else if (address.Equals(person))
                return;
        }

        Volatile.Write(ref _people[free ?? home], address);
    }

    public void Remove(Address address)
    {
        var home = Place(address);
        for (var i = 0; i < Choices; i++)
        {
            ref var place = ref _people[(home + i) % Places];
            if (address.Equals(Volatile.Read(ref place)))
                Volatile.Write(ref place, null);
        }
    }

    public void Clear() => Array.Clear(_people);

    /// <summary>Others each time, in turn.</summary>
    public List<Address> Choose(int count, IReadOnlySet<Address> but)
    {
        var chosen = new List<Address>(count);
        for (var looked = 0; looked < Places && chosen.Count < count; looked++)
        {
            var place = (int)((uint)Interlocked.Increment(ref _next) % Places);
            if (Volatile.Read(ref _people[place]) is { } person && !but.Contains(person))
                chosen.Add(person);
        }

        return chosen;
    }

    /// <summary>FNV-1a: the same in each process, so that a simulation can be repeated.</summary>
    private static int Place(Address address)
    {
        var hash = 2166136261;
        foreach (var letter in address.Text)
            hash = unchecked((hash ^ letter) * 16777619);
        return (int)(hash % Places);
    }
}
