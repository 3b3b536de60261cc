using System.Text.Json.Serialization;
using LookupProxy.Core.Health;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The local copy of a directory's recipients.</summary>
public sealed record SnapshotBody
{
    /// <summary>fallback: asked when the directory can't answer. primary: asked first.</summary>
    public required string Mode { get; init; }

    /// <summary>missing: there is none yet. ready: it can be used. refused: it can, and is not renewed because too many recipients would be gone. tooOld: it is not used.</summary>
    public required SnapshotState State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Recipients { get; init; }

    /// <summary>When the directory was last read, whole or for changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When it was last read whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FullAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Why the last reading brought no new copy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Recipients that the reading under way has brought so far.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Reading { get; init; }

    /// <summary>How many it will bring, as the directory estimates.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Expected { get; init; }

    public static SnapshotBody Of(SnapshotHealth snapshot) => new()
    {
        Mode = snapshot.Mode,
        State = snapshot.State,
        Recipients = snapshot.Recipients,
        ReadAt = snapshot.ReadAt,
        FullAt = snapshot.FullAt,
        LastErrorAt = snapshot.LastErrorAt,
        LastError = snapshot.LastError,
        NextAt = snapshot.NextAt,
        Reading = snapshot.Reading,
        Expected = snapshot.Expected,
    };
}
