using System.Text.Json.Serialization;
using LookupProxy.Core.Health;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of one replica of a directory.</summary>
public sealed record ServerBody
{
    public required string Name { get; init; }

    /// <summary>closed: it is asked. halfOpen: one question decides. open: it failed and is left alone for a while. isolated: the administrator took it out.</summary>
    public required BreakerState Breaker { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSuccess { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastErrorAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    /// <summary>Moving average of the answers' time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LatencySeconds { get; init; }

    /// <summary>Questions under way.</summary>
    public int Outstanding { get; init; }

    public static ServerBody Of(ServerHealth server) => new()
    {
        Name = server.Name,
        Breaker = server.Breaker,
        LastSuccess = server.LastSuccess,
        LastErrorAt = server.LastErrorAt,
        LastError = server.LastError,
        LatencySeconds = server.Latency is { } latency ? Math.Round(latency.TotalSeconds, 6) : null,
        Outstanding = server.Outstanding,
    };
}
