namespace LookupProxy.SystemTests.Agreement;

/// <param name="Mailbox">RFC 5321: with quotes where it needs them.</param>
/// <param name="Bare">Without quotes, as gateways put it into their filters.</param>
/// <param name="Kind">What it was made for, for the message of a test that fails.</param>
internal sealed record Question(string Mailbox, string Bare, Truth Truth, string Kind);
