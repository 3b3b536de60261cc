using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Guarding;

/// <summary>What a look for others who were there says of a server's absences.</summary>
/// <param name="Kind">Well: they count.</param>
/// <param name="Fault">What to say instead of absent; null when well.</param>
internal readonly record struct Finding(FindingKind Kind, Answer.Unknown? Fault)
{
    public static Finding Well => new(FindingKind.Well, null);

    public int Gone { get; init; }

    /// <summary>Of so many.</summary>
    public int Compared { get; init; }
}
