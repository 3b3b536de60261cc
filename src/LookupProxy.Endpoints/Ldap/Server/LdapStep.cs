namespace LookupProxy.Endpoints.Ldap.Server;

internal enum LdapStep
{
    /// <summary>No whole message is left; nothing was consumed.</summary>
    NeedMore,

    /// <summary>One message was consumed; its answer is written, or will be when a directory has said more.</summary>
    Done,

    /// <summary>A bind was consumed. It waits for what is outstanding, and everything after it waits for it (RFC 4511 4.2.1).</summary>
    Bind,

    /// <summary>StartTLS was agreed to: flush, then shake hands (RFC 4511 4.14).</summary>
    StartTls,

    /// <summary>The client has said goodbye.</summary>
    Close,

    /// <summary>The connection can't go on; <see cref="LdapSession.Fault"/> says why.</summary>
    Fault,
}
