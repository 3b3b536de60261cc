namespace LookupProxy.SystemTests.Injection;

internal enum Outcome
{
    Accepted,
    Rejected,
    Deferred,

    /// <summary>The connection ended without an answer: a node died. A mail server asks the next one.</summary>
    NoAnswer,

    /// <summary>Anything else, which is a fault of the test or of the product.</summary>
    Strange,
}
