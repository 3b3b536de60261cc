using LookupProxy.Core.Listing;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>One way in which servers tell what has changed. It finds out whether it goes before it gives the first batch, so that there is time for another.</summary>
internal interface IChangeTeller
{
    /// <summary>Of the marks that it makes.</summary>
    string Method { get; }

    /// <summary>A reading is one answer, which the server's limits must let through.</summary>
    bool HasNoPages { get; }

    bool IsOffered(RootDse rootDse);

    /// <summary>A full reading that ends in a mark; null when the server refuses this way.</summary>
    Task<IAsyncEnumerable<ListingBatch>?> BeginFullAsync(ListingScope scope, CancellationToken cancellationToken);

    /// <summary>What has changed since the mark; null when that cannot be told: the mark is too old, of another server, or too much has changed.</summary>
    Task<IAsyncEnumerable<ListingBatch>?> BeginChangesAsync(ListingScope scope, ListingMark mark, CancellationToken cancellationToken);
}
