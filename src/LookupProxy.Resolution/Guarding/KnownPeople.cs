using LookupProxy.Core.Addresses;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Some of those who a directory said exist, the newest where two fall on the same place: witnesses to ask for when somebody who was there is gone.
/// Bounded, and without a lock: a witness more or less is of no account.
/// </summary>
internal sealed class KnownPeople
{
    private const int Places = 256;

    private readonly Address?[] _people = new Address?[Places];
    private int _next;

    public void Add(Address address)
    {
        ref var place = ref _people[Place(address)];
        if (!address.Equals(Volatile.Read(ref place)))
            Volatile.Write(ref place, address);
    }

    public void Remove(Address address)
    {
        ref var place = ref _people[Place(address)];
        if (address.Equals(Volatile.Read(ref place)))
            Volatile.Write(ref place, null);
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
