using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Benchmarks.Resolution;

/// <summary>A directory that costs nothing: what is measured is the resolver. Holds the addresses that begin with its letter.</summary>
internal sealed class InstantDirectory(string name, char letter) : IDirectory, IDirectoryServer
{
    private readonly Answer _exists = new Answer.Exists(new Recipient { Directory = name });

    public string Name => name;

    public string Type => "instant";

    public IReadOnlyList<IDirectoryServer> Servers => [this];

    public bool Fails { get; set; }

    public ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken) => new(
        Fails ? new Answer.Unknown(UnknownReason.Unreachable, "refused") : address.LocalPart[0] == letter ? _exists : Answer.No);

    public ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken) =>
        new(Fails ? new Answer.Unknown(UnknownReason.Unreachable, "refused") : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
