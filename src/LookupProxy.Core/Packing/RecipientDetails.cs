using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Packing;

/// <summary>What is kept of one recipient besides its addresses.</summary>
public sealed record RecipientDetails
{
    /// <summary>Its identity in a table that is changed recipient by recipient; null in others.</summary>
    public ulong? Id { get; init; }

    public RecipientKind Kind { get; init; }

    public bool Disabled { get; init; }

    public bool AuthenticatedSendersOnly { get; init; }

    /// <summary>There is more to it than may be kept.</summary>
    public bool IsPartial { get; init; }

    public string? PrimaryAddress { get; init; }

    public string? DistinguishedName { get; init; }

    /// <summary>Number of the attribute among the names that <see cref="PackedRecipient.Read"/> is given, and the value.</summary>
    public IReadOnlyList<(int Attribute, string Value)> Attributes { get; init; } = [];
}
