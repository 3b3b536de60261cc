namespace LookupProxy.Ldap.Codec;

/// <summary>What <see cref="LdapMessageReader.TryRead"/> found at the front of a buffer.</summary>
public enum ReadStatus
{
    /// <summary>A whole PDU, which is consumed.</summary>
    Done,

    /// <summary>The PDU is not whole yet; nothing is consumed.</summary>
    NeedMore,

    /// <summary>The bytes are no LDAP PDU or exceed a limit. The connection can't go on.</summary>
    Fault,
}
