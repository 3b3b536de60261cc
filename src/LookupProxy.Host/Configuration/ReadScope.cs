using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration;

/// <summary>A place in the configuration, and where to tell what is wrong there.</summary>
/// <param name="Key">The last step of the path, as it was written.</param>
/// <param name="KeyOrigin">Where that key stands: the place to point at when something is missing inside.</param>
internal sealed record ReadScope(ReadContext Context, string Path, string Key, Origin KeyOrigin)
{
    public ReadScope At(string key, Origin keyOrigin) => new(Context, ConfigPath.Join(Path, key), key, keyOrigin);

    public ReadScope At(int index) => this with { Path = ConfigPath.Join(Path, index) };

    public void Error(string message) => Error(KeyOrigin, message);

    public void Error(Origin origin, string message, string? found = null, string? allowed = null, string? suggestion = null) =>
        Context.Faults.Error(origin, Path, message, found, allowed, suggestion);

    public void Warning(string message) => Context.Faults.Warning(KeyOrigin, Path, message);
}
