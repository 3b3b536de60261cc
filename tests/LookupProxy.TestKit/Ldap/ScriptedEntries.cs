using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>What the server holds. Can be changed while it runs.</summary>
public sealed class ScriptedEntries
{
    private ImmutableList<SearchResultEntry> _entries = [];
    private ImmutableList<string> _bases = [];

    public void Add(SearchResultEntry entry) => ImmutableInterlocked.Update(ref _entries, static (entries, added) => entries.Add(added), entry);

    /// <summary>In place of the entry of this name, if there is one.</summary>
    public void Put(SearchResultEntry entry)
    {
        Remove(entry.ObjectName);
        Add(entry);
    }

    public void Remove(string dn) =>
        ImmutableInterlocked.Update(ref _entries, static (entries, gone) => entries.RemoveAll(entry => Normalise(entry.ObjectName) == gone), Normalise(dn));

    /// <summary>What a base search of the empty name finds.</summary>
    public SearchResultEntry RootDse { get; set; } = ScriptedEntry.Create("", ("objectClass", "top"), ("supportedLDAPVersion", "3"));

    public void Clear() => Interlocked.Exchange(ref _entries, []);

    /// <summary>Once there is a base, searches under any other end in noSuchObject; the root DSE stays.</summary>
    public void AddBase(string dn) => ImmutableInterlocked.Update(ref _bases, static (bases, added) => bases.Add(added), Normalise(dn));

    public bool HasBase(string dn) => dn.Length == 0 || _bases.IsEmpty || _bases.Any(known => IsUnder(Normalise(dn), known));

    public IEnumerable<SearchResultEntry> Find(SearchRequest search)
    {
        if (search is { BaseObject: "", Scope: SearchScope.BaseObject })
            return [RootDse];
        var searchBase = Normalise(search.BaseObject);
        return _entries.Where(entry => InScope(Normalise(entry.ObjectName), searchBase, search.Scope) && ScriptedFilter.Matches(search.Filter, entry));
    }

    private static bool InScope(string dn, string searchBase, SearchScope scope) => scope switch
    {
        SearchScope.BaseObject => dn == searchBase,
        SearchScope.SingleLevel => IsUnder(dn, searchBase) && dn[(dn.IndexOf(',') + 1)..] == searchBase,
        _ => IsUnder(dn, searchBase),
    };

    private static bool IsUnder(string dn, string ancestor) =>
        ancestor.Length == 0 || dn == ancestor || dn.EndsWith("," + ancestor, StringComparison.Ordinal);

    private static string Normalise(string dn) => dn.Replace(", ", ",", StringComparison.Ordinal).ToLowerInvariant();
}
