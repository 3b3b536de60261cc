namespace LookupProxy.Endpoints.Ldap.Question;

internal sealed record QuestionOptions
{
    /// <summary>Completes the values of attributes that hold a local part only (uid, ShortName); null when these ask for no address.</summary>
    public string? DefaultDomain { get; init; }

    /// <summary>Different addresses in one filter; each costs a look-up. Gateways ask for one, or for all recipients of one message, of which Postfix takes 50 at a time.</summary>
    public int MaxAddresses { get; init; } = 100;
}
