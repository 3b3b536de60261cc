namespace LookupProxy.Endpoints.Policy;

public sealed record PolicyOptions
{
    /// <summary>Above Postfix's smtpd_policy_service_max_idle (300 s), so that Postfix closes first: a connection closed under it costs a try and a second.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>From a request's first byte to its empty line.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxRequestBytes { get; init; } = 16 * 1024;

    public PolicyReplies Replies { get; init; } = new();
}
