using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;

namespace LookupProxy.Directories.File;

/// <summary>All recipients of the file as it was read last. Always a full reading: it costs no more than memory.</summary>
internal sealed class FileListing(FileDirectoryServer server) : IRecipientListing
{
    private const int AtATime = 1000;

    public async IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var set = await server.AllAsync(cancellationToken);
        foreach (var some in set.All().Chunk(AtATime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ListingBatch(IsFull: true, [.. some], [], Mark: null, set.Recipients);
        }

        yield return new ListingBatch(IsFull: true, [], [], Mark: null, set.Recipients);
    }
}
