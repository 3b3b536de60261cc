using System.Text.Json.Serialization;
using LookupProxy.Core.Overrides;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>An administrator's word on one address, above what the directories say, for a time.</summary>
public sealed record OverrideBody
{
    public required string Address { get; init; }

    public required OverrideWord Verdict { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>In the answer to the change: whether all nodes have been told. Those that could not be reached hear of it when they can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AllNodesTold { get; init; }

    /// <summary>In the answer to the change: false when it could not be written down yet, so that a restart before the store works again undoes it; true also where nothing is stored. An older server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? StoreWritten { get; init; }

    public static OverrideBody Of(Override entry, OverrideChange? change = null) => new()
    {
        Address = entry.Address.ToMailbox(),
        Verdict = entry.IsValid ? OverrideWord.Valid : OverrideWord.Invalid,
        Until = entry.Until,
        Why = entry.Why,
        SetAt = entry.SetAt,
        AllNodesTold = change?.AllNodesTold,
        StoreWritten = change?.StoreWritten,
    };
}
