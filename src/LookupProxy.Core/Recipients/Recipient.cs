namespace LookupProxy.Core.Recipients;

/// <summary>What a directory knows of a valid address. Holds only attributes that the operator allowed to be published.</summary>
public sealed record Recipient
{
    /// <summary>The directory that owns it; empty when it is valid by rule.</summary>
    public required string Directory { get; init; }

    public RecipientKind Kind { get; init; }

    /// <summary>As the directory wrote it; null when it did not say.</summary>
    public string? PrimaryAddress { get; init; }

    /// <summary>Its name in its own directory (an LDAP DN); null when the directory has no such thing.</summary>
    public string? DistinguishedName { get; init; }

    public bool Disabled { get; init; }

    /// <summary>msExchRequireAuthToSendTo: mail from unauthenticated senders is not for it.</summary>
    public bool AuthenticatedSendersOnly { get; init; }

    /// <summary>A copy that was not allowed to keep all: what is missing here may be there all the same.</summary>
    public bool IsPartial { get; init; }

    public AttributeDictionary Attributes { get; init; } = AttributeDictionary.Empty;
}
