namespace LookupProxy.Ldap.Codec;

/// <summary>What a reader takes from the wire before it calls the peer's bytes a fault. Checked before anything is allocated.</summary>
public sealed record LdapCodecLimits
{
    /// <summary>Octets of one PDU. 16 MiB holds a group of AD's largest page; a client's limit is far lower.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Levels of nesting; reading recurses so deep. Filters that people and gateways write have five or six.</summary>
    public int MaxFilterDepth { get; init; } = 32;

    /// <summary>Components of a filter and pieces of its substrings, over all levels.</summary>
    public int MaxFilterNodes { get; init; } = 1024;

    /// <summary>Attributes of an entry, or asked for by a search.</summary>
    public int MaxAttributes { get; init; } = 4096;

    /// <summary>Values of one attribute. An empty value takes 2 octets on the wire and 16 in memory, so octets alone do not bound memory.</summary>
    public int MaxValues { get; init; } = 1024 * 1024;

    /// <summary>URIs of a referral or a search reference: one for each server that can go on.</summary>
    public int MaxUris { get; init; } = 1024;

    /// <summary>Controls of one message; real clients send one or two.</summary>
    public int MaxControls { get; init; } = 32;
}
