using System.Text.Json.Serialization;
using LookupProxy.Core.Recipients;
using Said = LookupProxy.Core.Recipients.Answer;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>What one directory said.</summary>
public sealed record EvidenceBody
{
    public required string Directory { get; init; }

    public required AnswerWord Answer { get; init; }

    /// <summary>Where the answer comes from: live is asked for this lookup, rule and override are no directory at all.</summary>
    public required EvidenceSource Source { get; init; }

    /// <summary>The form of the address that the directory was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AskedFor { get; init; }

    /// <summary>Why it is not known, when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnknownReason? Reason { get; init; }

    /// <summary>The same for people; of an override, why the administrator made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Since the directory said it.</summary>
    public double AgeSeconds { get; init; }

    /// <summary>What the directory took to say it; 0 when that is not known.</summary>
    public double TookSeconds { get; init; }

    public static EvidenceBody Of(Evidence evidence)
    {
        var unknown = evidence.Answer as Said.Unknown;
        return new()
        {
            Directory = evidence.Directory,
            Answer = evidence.Answer switch
            {
                Said.Exists => AnswerWord.Exists,
                Said.Absent => AnswerWord.Absent,
                _ => AnswerWord.Unknown,
            },
            Source = evidence.Source,
            AskedFor = evidence.AskedFor?.ToMailbox(),
            Reason = unknown?.Reason,
            Detail = unknown?.Detail ?? evidence.Note,
            AgeSeconds = Math.Round(evidence.Age.TotalSeconds, 6),
            TookSeconds = Math.Round(evidence.Took.TotalSeconds, 6),
        };
    }
}
