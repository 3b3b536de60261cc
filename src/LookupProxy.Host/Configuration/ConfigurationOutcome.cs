using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration;

/// <param name="File">As the operator gave it.</param>
/// <param name="Configuration">Null when there is an error among the faults.</param>
internal sealed record ConfigurationOutcome(string File, HostConfiguration? Configuration, ImmutableArray<ConfigFault> Faults)
{
    public int Errors => Faults.Count(static fault => fault.Severity == FaultSeverity.Error);

    public int Warnings => Faults.Length - Errors;
}
