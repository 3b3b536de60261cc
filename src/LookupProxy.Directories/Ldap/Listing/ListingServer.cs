using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Listing;

/// <param name="Name">As the operator wrote it: marks remember it.</param>
internal sealed record ListingServer(string Name, ILdapClient Client);
