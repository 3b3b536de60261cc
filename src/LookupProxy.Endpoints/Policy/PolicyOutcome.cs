namespace LookupProxy.Endpoints.Policy;

/// <summary>What was answered, for the metric. Names are stable.</summary>
internal static class PolicyOutcome
{
    /// <summary>A state in which there is no recipient to check.</summary>
    public const string NotAsked = "not_asked";

    public const string Valid = "valid";
    public const string Invalid = "invalid";
    public const string Unknown = "unknown";
    public const string NotOurs = "not_ours";
    public const string BadAddress = "bad_address";
    public const string AuthenticationRequired = "authentication_required";
    public const string Disabled = "disabled";
    public const string Error = "error";
}
