namespace LookupProxy.Ldap.Codec;

/// <summary>What a reader takes from the wire before it calls the peer's bytes a fault. Checked before anything is allocated.</summary>
public sealed record LdapCodecLimits
{
    /// <summary>Octets of one PDU. 16 MiB holds a group of AD's largest page; a client's limit is far lower.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    public int MaxFilterDepth { get; init; } = 32;

    public int MaxFilterNodes { get; init; } = 1024;

    public int MaxAttributes { get; init; } = 4096;

    public int MaxControls { get; init; } = 32;
}
