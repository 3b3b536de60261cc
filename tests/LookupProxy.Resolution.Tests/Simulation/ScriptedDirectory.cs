using LookupProxy.Core.Directories;
using LookupProxy.Core.Listing;

namespace LookupProxy.Resolution.Tests.Simulation;

internal sealed class ScriptedDirectory(string name, params ScriptedServer[] servers) : IDirectory, IRecipientListing
{
    public string Name => name;

    public string Type => "scripted";

    public IReadOnlyList<IDirectoryServer> Servers => servers;

    public string Origin { get; set; } = "as it is asked";

    public IReadOnlyCollection<string> PublishedAttributes { get; set; } = ["mail", "memberOf"];

    /// <summary>Its only or first server.</summary>
    public ScriptedServer Server => servers[0];

    public ScriptedServer[] All => servers;

    /// <summary>What it tells of all its recipients; only read where the model has a snapshot.</summary>
    public ScriptedListing Listing { get; } = new();

    public IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, CancellationToken cancellationToken) => Listing.ReadAsync(since, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
