using System.Collections.Frozen;

namespace LookupProxy.Resolution.Federation;

/// <summary>The namespaces of one view by domain, aliases included.</summary>
internal sealed class ViewState
{
    private readonly FrozenDictionary<string, DomainEntry>.AlternateLookup<ReadOnlySpan<char>> _domains;

    public ViewState(IEnumerable<KeyValuePair<string, DomainEntry>> domains) =>
        _domains = domains.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryFind(ReadOnlySpan<char> domain, out DomainEntry entry) => _domains.TryGetValue(domain, out entry);
}
