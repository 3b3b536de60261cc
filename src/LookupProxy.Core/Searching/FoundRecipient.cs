using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Searching;

/// <param name="Addresses">All that it receives mail for; the primary one first when there is one.</param>
public sealed record FoundRecipient(ImmutableArray<Address> Addresses, Recipient Recipient)
{
    /// <summary>Values of <see cref="RecipientQuestion.Extra"/>: for the filter's evaluation, never to leave.</summary>
    public AttributeDictionary Extra { get; init; } = AttributeDictionary.Empty;
}
