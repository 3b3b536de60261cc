using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>What a lookup has brought so far. One entry, the usual case, costs no list.</summary>
internal struct Gathered(int maxEntries, int maxOctets)
{
    private SearchResultEntry? _only;
    private ImmutableArray<SearchResultEntry>.Builder? _entries;
    private ImmutableArray<string>.Builder? _references;
    private long _octets;

    /// <summary>False, and not kept, when it is more than a lookup may bring.</summary>
    public bool TryAdd(SearchResultEntry entry, long octets)
    {
        var count = _entries?.Count ?? (_only is null ? 0 : 1);
        if (count >= maxEntries || !TryCount(octets))
            return false;
        if (count == 0)
        {
            _only = entry;
            return true;
        }

        if (_entries is null)
        {
            _entries = ImmutableArray.CreateBuilder<SearchResultEntry>(4);
            _entries.Add(_only!);
        }

        _entries.Add(entry);
        return true;
    }

    /// <inheritdoc cref="TryAdd(SearchResultEntry, long)"/>
    public bool TryAdd(SearchResultReference reference, long octets)
    {
        _references ??= ImmutableArray.CreateBuilder<string>(reference.Uris.Length);
        if (_references.Count + reference.Uris.Length > maxEntries || !TryCount(octets))
            return false;
        _references.AddRange(reference.Uris);
        return true;
    }

    public readonly ImmutableArray<SearchResultEntry> Entries => _entries?.ToImmutable() ?? (_only is null ? [] : [_only]);

    public readonly ImmutableArray<string> References => _references?.ToImmutable() ?? [];

    private bool TryCount(long octets) => (_octets += octets) <= maxOctets;
}
