namespace LookupProxy.Core.Addresses;

public enum AddressSyntax
{
    /// <summary>RFC 5321 Mailbox or Path: quoted local parts, optional angle brackets, a source route that is dropped.</summary>
    Mailbox,

    /// <summary>As Postfix hands it to policy servers and tables: the local part without quotes, split at the last "@".</summary>
    Unquoted,
}
