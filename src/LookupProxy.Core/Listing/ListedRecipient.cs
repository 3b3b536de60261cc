using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Listing;

/// <param name="Id">Stays the same for the recipient's life: objectGUID, entryUUID, else the DN.</param>
/// <param name="Addresses">All that it receives mail for; the primary one first when there is one. May be empty when <see cref="Domains"/> is not.</param>
public sealed record ListedRecipient(string Id, ImmutableArray<Address> Addresses, Recipient Recipient)
{
    /// <summary>Domains (A-labels) of which it receives mail for every address.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];
}
