using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>One or several addresses and a witness in one search: what is asked, and whose each entry is.</summary>
internal sealed class SharedSearch(AwaitedAddress[] addresses, Witness witness, ShownAttributes shown)
{
    /// <summary>For how many it asks.</summary>
    public int Count => addresses.Length + 1;

    /// <summary>After <see cref="Divide"/>.</summary>
    public bool WitnessSeen { get; private set; }

    /// <summary>The witness stands at the end: that he is found shows that all before him was read.</summary>
    public LdapFilter Filter
    {
        get
        {
            var all = ImmutableArray.CreateBuilder<LdapFilter>(4 * Count);
            foreach (var address in addresses)
                Add(all, address.Asked.Filter);
            Add(all, witness.Asked.Filter);
            return new LdapFilter.Or(all.DrainToImmutable());
        }
    }

    /// <summary>Gives each address its entries, or a doubt.</summary>
    /// <returns>Why it was of no use for several; null when it was.</returns>
    public string? Divide(LdapSearchOutcome outcome)
    {
        // A lost connection would have been lost for each of them. A refusal may be meant for their number, or for one of them.
        var isWhole = outcome.Result is { Code: ResultCode.Success, Referral.IsDefaultOrEmpty: true };
        if (!isWhole && outcome.Fault is null)
            return DoubtAll($"it ends with {outcome.Result?.Code}");

        foreach (var entry in outcome.Entries)
        {
            var isWitness = witness.Asked.IsShownBy(entry);
            WitnessSeen |= isWitness && shown.AreAllShownBy(entry);
            if (!TryGive(entry, isWitness) && !isWitness && isWhole)
                return DoubtAll($"{entry.ObjectName} shows none of the addresses");
        }

        if (isWhole && !WitnessSeen)
        {
            foreach (var address in addresses)
                address.DoubtIfNotFound();
        }

        return null;
    }

    /// <summary>To the one address that it shows. Where it shows several, only a search for each alone tells which of them it matched.</summary>
    private bool TryGive(SearchResultEntry entry, bool isWitness)
    {
        AwaitedAddress? owner = null;
        foreach (var address in addresses)
        {
            if (!address.Asked.IsShownBy(entry))
                continue;
            if (isWitness || owner is not null)
                address.Doubt();
            owner?.Doubt();
            owner = address;
        }

        owner?.Take(entry);
        return owner is not null;
    }

    private string DoubtAll(string why)
    {
        foreach (var address in addresses)
            address.Doubt();
        return why;
    }

    private static void Add(ImmutableArray<LdapFilter>.Builder all, LdapFilter filter)
    {
        if (filter is LdapFilter.Or several)
            all.AddRange(several.Operands);
        else
            all.Add(filter);
    }
}
