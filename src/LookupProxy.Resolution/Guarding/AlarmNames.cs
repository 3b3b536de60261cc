namespace LookupProxy.Resolution.Guarding;

/// <summary>Stable: alerts are built on them.</summary>
internal static class AlarmNames
{
    public const string CanaryMissing = "canary-missing";
    public const string CanaryFound = "canary-found";
    public const string MassAbsence = "mass-absence";
    public const string NotSearchedWhole = "not-searched-whole";
}
