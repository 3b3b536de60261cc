using LookupProxy.Host.Configuration.Faults;

namespace LookupProxy.Host.Configuration;

/// <summary>What reading needs besides the nodes.</summary>
/// <param name="BaseDirectory">Relative paths begin here: the configuration file's directory.</param>
internal sealed record ReadContext(FaultList Faults, string BaseDirectory, IReadOnlyDictionary<string, string> Environment, TimeProvider Time);
