using LookupProxy.Core.Directories;

namespace LookupProxy.Resolution.Tests.Simulation;

internal sealed class ScriptedDirectory(string name, params ScriptedServer[] servers) : IDirectory
{
    public string Name => name;

    public string Type => "scripted";

    public IReadOnlyList<IDirectoryServer> Servers => servers;

    /// <summary>Its only or first server.</summary>
    public ScriptedServer Server => servers[0];

    public ScriptedServer[] All => servers;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
