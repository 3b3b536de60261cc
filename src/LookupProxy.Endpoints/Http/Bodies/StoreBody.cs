using System.Text.Json.Serialization;
using LookupProxy.Core.Storage;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of the store behind memory.</summary>
public sealed record StoreBody
{
    /// <summary>sqlite, redis.</summary>
    public required string Type { get; init; }

    /// <summary>While it does not, this node goes on by itself.</summary>
    public required bool Working { get; init; }

    /// <summary>What is wrong, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Answer sheets that it keeps, where that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sheets { get; init; }

    /// <summary>Sheets that wait to be written.</summary>
    public required long Pending { get; init; }

    /// <summary>Sheets never written, because they came too fast or it did not work.</summary>
    public required long Dropped { get; init; }

    public static StoreBody Of(IAnswerStore store)
    {
        var health = store.Health;
        return new StoreBody
        {
            Type = store.Type,
            Working = health.IsWorking,
            Detail = health.Detail,
            Sheets = health.Sheets,
            Pending = health.Pending,
            Dropped = health.Dropped,
        };
    }
}
