namespace LookupProxy.Endpoints.Policy;

/// <summary>What a recipient check needs of a Postfix policy request (SMTPD_POLICY_README). Points into the read buffer; empty is "not said".</summary>
internal ref struct PolicyRequest
{
    /// <summary>CONNECT, EHLO, HELO, MAIL, RCPT, DATA, END-OF-MESSAGE, VRFY or ETRN.</summary>
    public ReadOnlySpan<byte> ProtocolState;

    /// <summary>Unquoted, case as the client wrote it, perhaps UTF-8, perhaps without a domain.</summary>
    public ReadOnlySpan<byte> Recipient;

    public ReadOnlySpan<byte> SaslUsername;

    public ReadOnlySpan<byte> PolicyContext;
}
