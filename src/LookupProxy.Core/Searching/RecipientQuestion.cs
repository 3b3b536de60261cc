using System.Collections.Immutable;

namespace LookupProxy.Core.Searching;

/// <summary>A question for recipients that is not about one address.</summary>
/// <param name="Filter">RFC 4515.</param>
public sealed record RecipientQuestion(string Filter)
{
    /// <summary>Attributes whose assertions the directory may decide by itself, when it publishes them or they are among <see cref="Extra"/>. All others are the caller's.</summary>
    public ImmutableArray<string> Decidable { get; init; } = [];

    /// <summary>Attributes that a filter may ask about though they are not published: their values are for the evaluation only.</summary>
    public ImmutableArray<string> Extra { get; init; } = [];

    /// <summary>An RFC 4514 name that the directory holds; null for all of it.</summary>
    public string? Base { get; init; }

    /// <summary>With <see cref="Base"/>: how far the search reaches.</summary>
    public SearchReach Reach { get; init; } = SearchReach.Subtree;
}
