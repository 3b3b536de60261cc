namespace LookupProxy.Endpoints.Policy;

/// <summary>What was answered, for the metric. Names are stable.</summary>
internal static class PolicyOutcome
{
    /// <summary>A state in which there is no recipient to check.</summary>
    public const string NotAsked = "not-asked";

    public const string Valid = "valid";
    public const string Invalid = "invalid";
    public const string Unknown = "unknown";
    public const string NotOurs = "not-ours";
    public const string BadAddress = "bad-address";
    public const string AuthenticationRequired = "authentication-required";
    public const string Disabled = "disabled";
    public const string Error = "error";
}
