namespace LookupProxy.Endpoints.Policy;

/// <summary>access(5) actions. {address} {domain} {reason} are replaced.</summary>
public sealed record PolicyReplies
{
    /// <summary>Never OK: it would end Postfix's restriction list.</summary>
    public string Valid { get; init; } = "DUNNO";

    public string Invalid { get; init; } = "550 5.1.1 User unknown";

    public string Unknown { get; init; } = "DEFER_IF_PERMIT 4.4.3 Recipient directory unavailable, try again later";

    public string NotOurs { get; init; } = "DUNNO";

    public string BadSyntax { get; init; } = "550 5.1.3 Bad recipient address syntax";

    /// <summary>A recipient for authenticated senders only (msExchRequireAuthToSendTo), asked for by one that is not. DUNNO leaves it to the mail system behind.</summary>
    public string AuthenticationRequired { get; init; } = "DUNNO";

    public string Disabled { get; init; } = "DUNNO";
}
