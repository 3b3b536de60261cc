namespace LookupProxy.SystemTests.Postfix;

internal sealed record PostfixOptions
{
    /// <summary>main.cf's check_policy_service argument: inet:host:port or unix:path, or the braces form with settings of its own.</summary>
    public required string PolicyService { get; init; }

    public string Domains { get; init; } = "corp.example";

    /// <summary>More lines of main.cf.</summary>
    public string Settings { get; init; } = "";
}
