using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>All that one search brought. Exactly one of <see cref="Result"/> and <see cref="Fault"/> is set.</summary>
public sealed record LdapSearchOutcome
{
    public ImmutableArray<SearchResultEntry> Entries { get; init; } = [];

    /// <summary>URIs of the search continuation references. Not followed.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The server's own end of the search, whatever its code; or sizeLimitExceeded of our own, see <see cref="LdapServerOptions.MaxEntries"/>.</summary>
    public LdapResult? Result { get; init; }

    /// <summary>Why the search had no end.</summary>
    public LdapFault? Fault { get; init; }

    /// <summary>
    /// Timestamp, of the client's clock, of the beginning of the connection that carried the search; 0 when none did.
    /// What was learnt of the server before may be of an earlier life of it.
    /// </summary>
    public long ConnectedAt { get; init; }
}
