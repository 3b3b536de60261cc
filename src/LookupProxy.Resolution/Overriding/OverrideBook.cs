using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Overriding;

/// <summary>The administrator's overrides in force, ready for lookups: changed whole, read without a lock.</summary>
internal sealed class OverrideBook(SecondLevel second, TimeProvider time, ILogger logger) : IOverrides
{
    private readonly Lock _gate = new();
    private ImmutableDictionary<Address, Override> _entries = ImmutableDictionary<Address, Override>.Empty;
    private CompiledModel? _model;

    // Before what is kept has been loaded; null from then on.
    private HashSet<Address>? _takenBack = second.Overrides is null ? null : [];

    // Null while there is none, which a lookup sees at once.
    private volatile Dictionary<string, Override>? _byKey;

    public bool IsEmpty => _byKey is null;

    public ImmutableArray<Override> Current
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. Volatile.Read(ref _entries).Values.Where(entry => entry.Until > now).OrderBy(static entry => entry.SetAt)];
        }
    }

    /// <summary>The namespaces by which addresses are found from now on.</summary>
    public void Use(CompiledModel model)
    {
        lock (_gate)
        {
            _model = model;
            Index_NeedsLock();
        }
    }

    /// <summary>Never fails.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (second.Overrides is null)
            return;
        ImmutableArray<Override> kept;
        try
        {
            kept = await second.Overrides.LoadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            // What was said meanwhile is newer than what is kept. What has only just expired stays: the clock may be set back yet.
            var now = time.GetUtcNow();
            var older = kept.Where(entry => !entry.IsLongPast(now) && !_entries.ContainsKey(entry.Address) && _takenBack?.Contains(entry.Address) != true)
                .OrderByDescending(static entry => entry.Until).Take(OverrideLimits.Count);
            Volatile.Write(ref _entries, _entries.SetItems(older.Select(static entry => KeyValuePair.Create(entry.Address, entry))));
            _takenBack = null;
            Index_NeedsLock();
        }
    }

    public bool Concern(Address address)
    {
        lock (_gate)
            return _model?.Entries(address.Domain).Count > 0;
    }

    public async ValueTask<OverrideChange> SetAsync(Override entry, CancellationToken cancellationToken)
    {
        if (!TryPut([entry]))
            throw new InvalidOperationException($"There are {OverrideLimits.Count} overrides already; remove some first.");
        var isKept = second.Overrides is null || await second.Overrides.KeepAsync(entry, cancellationToken);
        var telling = second.News is null ? Telling.Done : await second.News.OverriddenAsync(entry, cancellationToken);
        return Change(entry.Address, isKept, telling);
    }

    /// <summary>With those on it that are only spelled otherwise: directories are to speak again.</summary>
    public async ValueTask<OverrideRemoval> RemoveAsync(Address address, CancellationToken cancellationToken)
    {
        var others = SpelledOtherwise(address);
        var (wasThere, change) = await RemoveOneAsync(address, cancellationToken);
        foreach (var other in others)
        {
            var (_, also) = await RemoveOneAsync(other, cancellationToken);
            wasThere = true;
            change = new OverrideChange(change.AllNodesTold && also.AllNodesTold, change.StoreWritten && also.StoreWritten);
        }

        return new OverrideRemoval(wasThere, change);
    }

    /// <summary>What other nodes' administrators said. The store is theirs too, and has it.</summary>
    public void Hear(IReadOnlyCollection<Override> entries) => TryPut(entries);

    /// <summary>What another node's administrator took back.</summary>
    public void HearRemoved(string address)
    {
        if (AddressParser.TryParse(address, AddressSyntax.Unquoted, out var parsed) == AddressFault.None)
            Take(parsed!);
    }

    /// <summary>The word on the address as asked; else on the one without its extension, which goes to the same recipient.</summary>
    public Override? Find(in DomainEntry entry, Address asked)
    {
        if (_byKey is not { } byKey)
            return null;
        var local = asked.LocalPart;
        var end = RecipientDelimiter.IndexOf(local, entry.Namespace.Delimiters);
        return Find(byKey, entry, asked, local) ?? (end > 0 ? Find(byKey, entry, asked, local[..end]) : null);
    }

    private Override? Find(Dictionary<string, Override> byKey, in DomainEntry entry, Address asked, ReadOnlySpan<char> localPart)
    {
        if (!entry.Namespace.CaseSensitive && !System.Text.Ascii.IsValid(localPart))
            localPart = asked.WithLocalPart(localPart).Fold().LocalPart;
        var length = SheetKey.LengthOf(entry, localPart);
        var buffer = length <= SheetKey.UsualLength ? stackalloc char[SheetKey.UsualLength] : new char[length];
        return byKey.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(SheetKey.Write(buffer, entry, localPart), out var found) && found.Until > time.GetUtcNow()
            ? found
            : null;
    }

    /// <summary>False when there was no room for some of them.</summary>
    private bool TryPut(IReadOnlyCollection<Override> added)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var entries = _entries.ToBuilder();
            entries.RemoveRange(_entries.Values.Where(other => other.IsLongPast(now)).Select(static other => other.Address));
            var inForce = entries.Values.Count(other => other.Until > now);
            var isRoom = true;
            foreach (var entry in added)
            {
                var replaced = entries.TryGetValue(entry.Address, out var other) && other.Until > now ? 1 : 0;
                if (entry.Until <= now)
                {
                    entries.Remove(entry.Address);
                    inForce -= replaced;
                }
                else if (inForce - replaced >= OverrideLimits.Count)
                {
                    isRoom = false;
                }
                else
                {
                    entries[entry.Address] = entry;
                    inForce += 1 - replaced;
                }
            }

            Volatile.Write(ref _entries, entries.ToImmutable());
            Index_NeedsLock();
            return isRoom;
        }
    }

    private async ValueTask<OverrideRemoval> RemoveOneAsync(Address address, CancellationToken cancellationToken)
    {
        var wasThere = Take(address);
        var isKept = second.Overrides is null || await second.Overrides.RemoveAsync(address, cancellationToken);
        var telling = second.News is null ? Telling.Done : await second.News.OverrideRemovedAsync(address.Text, cancellationToken);
        return new OverrideRemoval(wasThere, Change(address, isKept, telling));
    }

    private bool Take(Address address)
    {
        lock (_gate)
        {
            _takenBack?.Add(address);
            if (!_entries.ContainsKey(address))
                return false;
            Volatile.Write(ref _entries, _entries.Remove(address));
            Index_NeedsLock();
            return true;
        }
    }

    /// <summary>Those in force on the same address in another case, or in a domain that is an alias.</summary>
    private Address[] SpelledOtherwise(Address address)
    {
        lock (_gate)
        {
            if (_model is not { } model)
                return [];
            var keys = Keys(model, address).ToHashSet(StringComparer.Ordinal);
            return keys.Count == 0 ? [] : [.. _entries.Keys.Where(other => !other.Equals(address) && keys.SetEquals(Keys(model, other)))];
        }
    }

    private static IEnumerable<string> Keys(CompiledModel model, Address address) =>
        model.Entries(address.Domain).Select(domain => SheetKey.Of(domain.Namespace, SheetKey.Canonical(domain, address)));

    private void Index_NeedsLock()
    {
        if (_entries.IsEmpty || _model is null)
        {
            _byKey = null;
            return;
        }

        var byKey = new Dictionary<string, Override>(_entries.Count, StringComparer.Ordinal);

        // The last word counts when two addresses are the same in their namespace.
        foreach (var entry in _entries.Values.OrderBy(static entry => entry.SetAt))
        {
            foreach (var key in Keys(_model, entry.Address))
                byKey[key] = entry;
        }

        _byKey = byKey;
    }

    private OverrideChange Change(Address address, bool isKept, Telling telling)
    {
        var change = new OverrideChange(telling == Telling.Done, (isKept && telling == Telling.Done) || telling == Telling.Kept);
        if (!change.StoreWritten)
            ResolutionLog.OverrideNotKept(logger, address.Text);
        return change;
    }
}
