using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>What a directory knows of a valid address, as far as the operator publishes it.</summary>
public sealed record RecipientBody
{
    public required RecipientKind Kind { get; init; }

    /// <summary>The directory that owns it; absent when it is valid by rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Directory { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PrimaryAddress { get; init; }

    public bool Disabled { get; init; }

    /// <summary>Mail from senders who have not logged in is not for it.</summary>
    public bool AuthenticatedSendersOnly { get; init; }

    /// <summary>Published attributes, each with its values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ImmutableArray<string>>? Attributes { get; init; }

    public static RecipientBody Of(Recipient recipient) => new()
    {
        Kind = recipient.Kind,
        Directory = recipient.Directory.Length == 0 ? null : recipient.Directory,
        PrimaryAddress = recipient.PrimaryAddress,
        Disabled = recipient.Disabled,
        AuthenticatedSendersOnly = recipient.AuthenticatedSendersOnly,
        Attributes = recipient.Attributes.IsEmpty ? null : recipient.Attributes,
    };
}
