using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;

namespace LookupProxy.Resolution.Flushing;

/// <summary>A flush as the sheets see it: which keys, and when. What was given before counts for nothing.</summary>
internal sealed class FlushMark
{
    private readonly ImmutableArray<string> _endings;

    private FlushMark(long at, FrozenSet<string>? keys, ImmutableArray<string> endings, ImmutableArray<FlushScope> inStore)
    {
        At = at;
        Keys = keys;
        _endings = endings;
        InStore = inStore;
    }

    /// <summary>Ticks of the <see cref="SheetClock"/>.</summary>
    public long At { get; }

    /// <summary>Null when it is a domain or all.</summary>
    public FrozenSet<string>? Keys { get; }

    public bool IsOfAll => Keys is null && _endings.IsEmpty;

    /// <summary>What a store is told, which knows no namespaces: canonical addresses, and the domain that an alias stands for.</summary>
    public ImmutableArray<FlushScope> InStore { get; }

    public static FlushMark Of(FlushScope scope, CompiledModel model, long at) => scope switch
    {
        FlushScope.OfAddress address => OfAddress(address.Address, model, at),
        FlushScope.OfDomain domain => OfDomain(domain.Domain, model, at),
        _ => new FlushMark(at, null, [], [scope]),
    };

    public bool Covers(string key) =>
        Keys is not null ? Keys.Contains(key) : _endings.IsEmpty || EndsAsOneOfThem(key);

    /// <summary>Apart, so that the other cases make no closure.</summary>
    private bool EndsAsOneOfThem(string key) => _endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>With its extension and without, for both decide.</summary>
    private static FlushMark OfAddress(Address address, CompiledModel model, long at)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var canonical = new HashSet<Address> { address };
        foreach (var entry in model.Entries(address.Domain))
        {
            Add(entry, address);
            if (RecipientDelimiter.TrySplit(address, entry.Namespace.Delimiters, out var bare))
                Add(entry, bare);
        }

        return new FlushMark(at, keys.ToFrozenSet(StringComparer.Ordinal), [], [.. canonical.Select(static one => new FlushScope.OfAddress(one))]);

        void Add(in DomainEntry entry, Address form)
        {
            var one = SheetKey.Canonical(entry, form);
            canonical.Add(one);
            keys.Add(SheetKey.Of(entry.Namespace, one));
        }
    }

    /// <summary>An alias has no sheets of its own, and in each view it may stand for another domain.</summary>
    private static FlushMark OfDomain(string domain, CompiledModel model, long at)
    {
        var domains = model.Entries(domain).Select(static entry => entry.Domain).Append(domain).Distinct(StringComparer.Ordinal).ToList();
        return new FlushMark(at, null, [.. domains.Select(static one => "@" + one)], [.. domains.Select(static one => new FlushScope.OfDomain(one))]);
    }
}
