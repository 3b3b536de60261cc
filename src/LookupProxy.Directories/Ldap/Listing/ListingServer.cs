using System.Collections.Immutable;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Listing;

/// <param name="Name">As the operator wrote it: marks remember it.</param>
/// <param name="Signs">What must not be FALSE in its root DSE; see <see cref="Replication.CatchUpLook"/>.</param>
internal sealed record ListingServer(string Name, ILdapClient Client, ImmutableArray<string> Signs);
