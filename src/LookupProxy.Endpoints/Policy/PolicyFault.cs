namespace LookupProxy.Endpoints.Policy;

internal enum PolicyFault
{
    None,

    /// <summary>A line that is not name=value.</summary>
    NotAnAttribute,

    /// <summary>An empty line where a request should begin: the two sides are out of step.</summary>
    Empty,

    /// <summary>No request=smtpd_access_policy.</summary>
    WrongRequestType,

    TooLong,
}

internal static class PolicyFaultWords
{
    /// <summary>For log and metric; stable.</summary>
    public static string Word(this PolicyFault fault) => fault switch
    {
        PolicyFault.NotAnAttribute => "not_an_attribute",
        PolicyFault.Empty => "empty_request",
        PolicyFault.WrongRequestType => "wrong_request_type",
        PolicyFault.TooLong => "too_long",
        _ => "fault",
    };
}
