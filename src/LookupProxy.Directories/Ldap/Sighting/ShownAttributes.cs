using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// By which of the filter's attributes a server shows its people, and some of whom. When several had one and none of them shows it any more, the right to read
/// or to search it was lost: whoever is asked for by it is not found then, though others still are by another.
/// </summary>
/// <param name="names">The filter's attributes, each once.</param>
internal sealed class ShownAttributes(ImmutableArray<string> names, Action<ImmutableArray<string>> changed, TimeProvider time)
{
    /// <summary>People who show that an attribute is in use. Of fewer it may be that they lost it.</summary>
    public const int Enough = 3;

    private const int Most = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableArray<string>> _people = new(StringComparer.OrdinalIgnoreCase);
    private volatile string[] _inUse = [];
    private volatile string[] _sought = [.. names];
    private volatile MissingAttributes? _missing;

    /// <summary>Those that enough people have shown.</summary>
    public ImmutableArray<string> InUse => ImmutableArray.Create(_inUse);

    /// <summary>Those that nobody shows any more, and since when; null when there are none.</summary>
    public MissingAttributes? Missing => _missing;

    /// <summary>DNs of some who have shown it, the latest first.</summary>
    public ImmutableArray<string> PeopleWith(string name)
    {
        lock (_gate)
            return _people.GetValueOrDefault(name, []);
    }

    /// <summary>Somebody whom the server has shown.</summary>
    public void Saw(SearchResultEntry entry)
    {
        foreach (var name in _sought)
        {
            if (IsShownBy(entry, name))
                Add(name, entry.ObjectName);
        }
    }

    /// <summary>He shows that the server keeps back none of those in use.</summary>
    public bool AreAllShownBy(SearchResultEntry entry)
    {
        foreach (var name in _inUse)
        {
            if (!IsShownBy(entry, name))
                return false;
        }

        return true;
    }

    /// <param name="gone">Who does not show it any more.</param>
    public void Renew(string name, string? gone, string dn)
    {
        if (gone is not null)
            Forget(name, gone);
        Add(name, dn);
    }

    /// <summary>He is not there any more.</summary>
    public void Forget(string name, string dn)
    {
        lock (_gate)
            Set_NeedsLock(name, PeopleWith(name).Remove(dn, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Somebody was seen with all that are in use.</summary>
    public void AllAreSeen()
    {
        if (_missing is not null)
            SetMissing([]);
    }

    public void SetMissing(ImmutableArray<string> missing)
    {
        lock (_gate)
        {
            if (missing.SequenceEqual(_missing?.Names ?? []))
                return;
            _missing = missing.IsEmpty ? null : new(missing, _missing?.Since ?? time.GetUtcNow());
        }

        changed(missing);
    }

    /// <summary>The administrator knows that nobody has them any more.</summary>
    /// <returns>Which; none when none were missing.</returns>
    public ImmutableArray<string> Accept()
    {
        ImmutableArray<string> accepted;
        lock (_gate)
        {
            accepted = _missing?.Names ?? [];
            foreach (var name in accepted)
                Set_NeedsLock(name, []);
        }

        SetMissing([]);
        return accepted;
    }

    private void Add(string name, string dn)
    {
        lock (_gate)
        {
            var known = PeopleWith(name);
            if (!known.Contains(dn, StringComparer.OrdinalIgnoreCase))
                Set_NeedsLock(name, known.Insert(0, dn));
        }
    }

    private void Set_NeedsLock(string name, ImmutableArray<string> people)
    {
        _people[name] = people.Length > Most ? people[..Most] : people;
        _inUse = [.. names.Where(known => Count(known) >= Enough)];
        _sought = [.. names.Where(known => Count(known) < Most)];

        int Count(string known) => PeopleWith(known).Length;
    }

    private static bool IsShownBy(SearchResultEntry entry, string name) => entry.Values(name).GetEnumerator().MoveNext();
}
