using System.Text.Json.Serialization;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>An administrator's word on one address.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OverrideRequestBody
{
    public required OverrideWord Verdict { get; init; }

    /// <summary>How long it holds: a number with a unit, such as 30m, 2h, 7d; from 1s to 30d.</summary>
    public required string For { get; init; }

    /// <summary>One line, for the list and the evidence.</summary>
    public required string Why { get; init; }
}
