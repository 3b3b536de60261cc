using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Host.Composition;

/// <summary>In the place of a directory that could not be set up: knows nothing, and says why. So nobody whom it might hold is rejected.</summary>
internal sealed class StandInDirectory(string name, string why) : IDirectory, IDirectoryServer
{
    private readonly Answer.Unknown _answer = new(UnknownReason.NotReady, $"could not be set up: {why}");

    public string Name => name;

    public string Type => "none";

    public IReadOnlyList<IDirectoryServer> Servers => [this];

    public ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken) => new(_answer);

    public ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken) => new(_answer);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
