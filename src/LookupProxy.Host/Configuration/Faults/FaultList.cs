using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Faults;

/// <summary>Collects: a configuration is read to its end whatever is wrong with it.</summary>
internal sealed class FaultList
{
    private readonly List<ConfigFault> _faults = [];

    public bool HasErrors => _faults.Exists(static fault => fault.Severity == FaultSeverity.Error);

    /// <summary>In the order of the file, what came from elsewhere last.</summary>
    public ImmutableArray<ConfigFault> Sorted =>
        [.. _faults.OrderBy(static fault => fault.Origin.IsEnvironment)
            .ThenBy(static fault => fault.Origin.Line)
            .ThenBy(static fault => fault.Origin.Column)
            .ThenBy(static fault => fault.Origin.Source, StringComparer.Ordinal)];

    public void Error(Origin origin, string path, string message, string? found = null, string? allowed = null, string? suggestion = null) =>
        _faults.Add(new ConfigFault(FaultSeverity.Error, origin, path, message, found, allowed, suggestion));

    public void Warning(Origin origin, string path, string message) =>
        _faults.Add(new ConfigFault(FaultSeverity.Warning, origin, path, message));
}
