namespace LookupProxy.Endpoints.Http;

public sealed record HttpApiOptions
{
    /// <summary>Seconds in Retry-After of a 503.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bearer token of the administrator's calls (breakers, flush, overrides). Without one they are refused.</summary>
    public Func<string>? ReadAdminToken { get; init; }
}
