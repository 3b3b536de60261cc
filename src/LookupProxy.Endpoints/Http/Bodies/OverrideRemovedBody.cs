using System.Text.Json.Serialization;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The directories' answers count again.</summary>
public sealed record OverrideRemovedBody
{
    public required string Address { get; init; }

    /// <summary>Whether all nodes have been told. Those that could not be reached hear of it when they can.</summary>
    public required bool AllNodesTold { get; init; }

    /// <summary>False when it could not be written down yet, so that a restart before the store works again undoes it; true also where nothing is stored. An older server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? StoreWritten { get; init; }
}
