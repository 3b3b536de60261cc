namespace LookupProxy.Core.Addresses;

public enum AddressSyntax
{
    /// <summary>RFC 5321 Mailbox or Path: quoted local parts, optional angle brackets, a source route that is dropped.</summary>
    Mailbox,

    /// <summary>
    /// As Postfix hands it to policy servers and tables: the local part without quotes, any printable characters, split at the last "@".
    /// Postfix asks a tcp_table for the quoted form first, so a local part that is one whole quoted-string is unquoted all the same;
    /// a mailbox whose name begins and ends with quotes cannot be told from that, and does not exist.
    /// </summary>
    Unquoted,
}
