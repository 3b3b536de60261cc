namespace LookupProxy.SystemTests.Injection;

internal static class Outcomes
{
    /// <param name="action">Of Postfix's policy protocol.</param>
    public static Outcome Of(string action) => action switch
    {
        "DUNNO" => Outcome.Accepted,
        _ when action.StartsWith("550 5.1.1 ", StringComparison.Ordinal) => Outcome.Rejected,
        _ when action.StartsWith("DEFER_IF_PERMIT 4.4.3 ", StringComparison.Ordinal) => Outcome.Deferred,
        _ => Outcome.Strange,
    };
}
