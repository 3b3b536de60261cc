using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>What the server holds. Can be changed while it runs.</summary>
public sealed class ScriptedEntries
{
    private ScriptedIndex _entries = ScriptedIndex.Empty;
    private ImmutableList<string> _bases = [];

    public void Add(SearchResultEntry entry) => ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);

    /// <summary>In place of the entry of this name, if there is one.</summary>
    public void Put(SearchResultEntry entry)
    {
        Remove(entry.ObjectName);
        Add(entry);
    }

    public void Remove(string dn) => ImmutableInterlocked.Update(ref _entries, static (entries, gone) => entries.Remove(gone), dn);

    /// <summary>What a base search of the empty name finds.</summary>
    public SearchResultEntry RootDse { get; set; } = ScriptedEntry.Create("", ("objectClass", "top"), ("supportedLDAPVersion", "3"));

    public void Clear() => Interlocked.Exchange(ref _entries, ScriptedIndex.Empty);

    /// <summary>Once there is a base, searches under any other end in noSuchObject; the root DSE stays.</summary>
    public void AddBase(string dn) => ImmutableInterlocked.Update(ref _bases, static (bases, added) => bases.Add(added), ScriptedName.Normalise(dn));

    public bool HasBase(string dn) => dn.Length == 0 || _bases.IsEmpty || _bases.Any(known => ScriptedName.IsUnder(ScriptedName.Normalise(dn), known));

    public IEnumerable<SearchResultEntry> Find(SearchRequest search)
    {
        if (search is { BaseObject: "", Scope: SearchScope.BaseObject })
            return [RootDse];
        var searchBase = ScriptedName.Normalise(search.BaseObject);
        return Volatile.Read(ref _entries)
            .Candidates(searchBase, search)
            .Where(held => ScriptedName.InScope(held.Name, searchBase, search.Scope) && ScriptedFilter.Matches(search.Filter, held.Entry))
            .Select(static held => held.Entry);
    }
}
