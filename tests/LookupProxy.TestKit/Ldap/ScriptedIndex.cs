using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>Entries in the order that they came in, found by name or by a value without a look at all of them: under load, thousands of people must not slow a search.</summary>
internal sealed class ScriptedIndex
{
    private readonly ImmutableSortedDictionary<int, HeldEntry> _all;
    private readonly ImmutableDictionary<string, ImmutableSortedSet<int>> _byValue;
    private readonly int _next;

    private ScriptedIndex(ImmutableSortedDictionary<int, HeldEntry> all, ImmutableDictionary<string, ImmutableSortedSet<int>> byValue, int next)
    {
        _all = all;
        _byValue = byValue;
        _next = next;
    }

    public static ScriptedIndex Empty { get; } = new(
        ImmutableSortedDictionary<int, HeldEntry>.Empty,
        ImmutableDictionary.Create<string, ImmutableSortedSet<int>>(StringComparer.OrdinalIgnoreCase),
        0);

    public ScriptedIndex Add(SearchResultEntry entry)
    {
        var held = new HeldEntry(ScriptedName.Normalise(entry.ObjectName), entry);
        var byValue = Keys(held).Aggregate(_byValue, (index, key) => index.SetItem(key, Numbers(index, key).Add(_next)));
        return new ScriptedIndex(_all.Add(_next, held), byValue, _next + 1);
    }

    public ScriptedIndex Remove(string dn)
    {
        var (all, byValue) = (_all, _byValue);
        foreach (var number in Numbers(_byValue, NameKey(ScriptedName.Normalise(dn))))
        {
            byValue = Keys(all[number]).Aggregate(byValue, (index, key) => index.SetItem(key, Numbers(index, key).Remove(number)));
            all = all.Remove(number);
        }

        return new ScriptedIndex(all, byValue, _next);
    }

    /// <summary>At least all that the search finds, in their order.</summary>
    public IEnumerable<HeldEntry> Candidates(string searchBase, SearchRequest search)
    {
        var numbers = search.Scope == SearchScope.BaseObject ? Numbers(_byValue, NameKey(searchBase)) : Candidates(search.Filter);
        return numbers is null ? _all.Values : numbers.Select(number => _all[number]);
    }

    /// <summary>Null when the index does not help.</summary>
    private ImmutableSortedSet<int>? Candidates(LdapFilter filter) => filter switch
    {
        LdapFilter.Equality equality => Numbers(_byValue, ValueKey(equality.Attribute, equality.Value)),
        LdapFilter.And and => and.Operands.Select(Candidates).Where(static numbers => numbers is not null).MinBy(static numbers => numbers!.Count),
        LdapFilter.Or or => or.Operands.Select(Candidates).Aggregate(
            (ImmutableSortedSet<int>?)[],
            static (union, numbers) => numbers is null ? null : union?.Union(numbers)),
        _ => null,
    };

    private static ImmutableSortedSet<int> Numbers(ImmutableDictionary<string, ImmutableSortedSet<int>> index, string key) => index.GetValueOrDefault(key, []);

    private static IEnumerable<string> Keys(HeldEntry held) => held.Entry.Attributes
        .SelectMany(static attribute => attribute.Values.Select(value => ValueKey(attribute.Description, value)))
        .Append(NameKey(held.Name))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static string NameKey(string name) => $":{name}";

    private static string ValueKey(string attribute, ReadOnlyMemory<byte> value) => $"{attribute}:{Encoding.UTF8.GetString(value.Span)}";

    public sealed record HeldEntry(string Name, SearchResultEntry Entry);
}
