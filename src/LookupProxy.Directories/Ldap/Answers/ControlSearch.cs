using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>An entry that does not show the address is right when the server, asked for it under an address that nobody has, does not give it again.</summary>
internal static class ControlSearch
{
    /// <param name="given">The entry.</param>
    /// <returns>Null when it is right. A server that could not be asked has proved nothing.</returns>
    public static Answer.Unknown? WithoutEntry(LdapSearchOutcome control, SearchResultEntry given) =>
        // Not to be had for an address that nobody has, for whatever reason: all the same, it was to be had for the one asked for.
        SearchEnd.FailureOf(control, given.ObjectName) is { Reason: not (UnknownReason.BaseNotFound or UnknownReason.AccessRefused) } failure
            ? new(failure.Reason, $"the server gave {Details.Quoted(given.ObjectName)}, which does not show the address, and could not be asked whether it heeds the filter: {failure.Detail}")
            : null;

    public static Answer.Unknown Unheeded(SearchResultEntry given) => new(
        UnknownReason.ProtocolError,
        $"the server gave {Details.Quoted(given.ObjectName)}, which does not hold the address: it does not heed the filter");
}
