namespace LookupProxy.Ldap.Codec;

public enum ReadStatus
{
    Done,

    /// <summary>The PDU is not whole yet; nothing is consumed.</summary>
    NeedMore,

    /// <summary>The bytes are no LDAP PDU or exceed a limit. The connection can't go on.</summary>
    Fault,
}
