using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>What a file says of one recipient.</summary>
internal sealed record FileRecord
{
    public RecipientKind Kind { get; init; }

    public bool Disabled { get; init; }

    public bool AuthenticatedSendersOnly { get; init; }

    public string? PrimaryAddress { get; init; }

    public string? DistinguishedName { get; init; }

    /// <summary>Index into the published attributes, and the value.</summary>
    public IReadOnlyList<(int Attribute, string Value)> Attributes { get; init; } = [];
}
