using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Searching;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>
/// Searches of a directory that has a local copy: a question that the copy can answer goes to it while it is as fresh as it is meant to be. Else the directory
/// is asked, and when it fails what the copy holds is told before the failure: more people, and still no whole.
/// </summary>
internal sealed class CopySearch(SnapshotKeeper keeper, IRecipientSearch live) : IRecipientSearch
{
    private const int Page = 256;

    /// <summary>Readings that may fail or be late before a copy is no longer taken for the whole.</summary>
    private const int ReadingsMissed = 2;

    public bool Holds(string name) => live.Holds(name);

    public async IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var copy = keeper.Copy is { } held && CanTell(held, question) && !keeper.IsTooOld ? held : null;
        ListingException? failure = null;
        if (copy is null || keeper.Age > keeper.Settings.Every * ReadingsMissed)
        {
            await using var pages = live.SearchAsync(question, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync())
                        yield break;
                }
                catch (ListingException broken) when (copy is not null)
                {
                    failure = broken;
                    break;
                }

                yield return pages.Current;
            }
        }

        foreach (var page in All(copy!).Chunk(Page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return [.. page];
        }

        if (failure is not null)
            throw new ListingException(failure.Reason, failure.Message, failure);
    }

    /// <summary>A copy has no tree, knows hashes only where it was so wished, and lacks attributes that were too long; one that was asked otherwise lacks people. One of nobody
    /// says no more than that the directory showed nobody when it was read first.</summary>
    private static bool CanTell(RecipientCopy copy, RecipientQuestion question) => copy is { IsAsAsked: true, Recipients: > 0 } && !copy.Keys.IsHashed && question.Base is null && question.Decidable.IsEmpty;

    private IEnumerable<FoundRecipient> All(RecipientCopy copy)
    {
        foreach (var packed in copy.All.Walk())
        {
            if (!copy.Replaced.Contains(packed.Id) && Read(copy, packed) is { } found)
                yield return found;
        }

        foreach (var packed in copy.Changed.Walk())
        {
            if (Read(copy, packed) is { } found)
                yield return found;
        }
    }

    /// <summary>Null when it has whole domains only.</summary>
    private FoundRecipient? Read(RecipientCopy copy, PackedRecipient packed)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        foreach (var octets in packed.Addresses)
        {
            if (AddressParser.TryParse(Encoding.UTF8.GetString(octets), AddressSyntax.Unquoted, out var address) == AddressFault.None)
                addresses.Add(address!);
        }

        return addresses.Count == 0 ? null : new FoundRecipient(addresses.DrainToImmutable(), packed.Read(keeper.Directory, copy.Attributes));
    }
}
