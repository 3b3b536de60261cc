namespace LookupProxy.Host.Configuration.Faults;

internal enum FaultSeverity
{
    Error,

    /// <summary>Works, but is seldom meant.</summary>
    Warning,
}
