using System.Text.Json.Serialization;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>What was forgotten.</summary>
public sealed record FlushBody
{
    /// <summary>Answer sheets that the memory of this node forgot.</summary>
    public required int Sheets { get; init; }

    /// <summary>Whether all nodes have been told; true also when there is only one. Those that could not be reached hear of it when they can.</summary>
    public required bool AllNodesTold { get; init; }

    /// <summary>False when it could not be written down yet, so that a restart before the store works again undoes it; true also where nothing is stored. An older server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? StoreWritten { get; init; }
}
