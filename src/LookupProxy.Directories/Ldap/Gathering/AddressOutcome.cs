using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>What a search brought for one address.</summary>
/// <param name="Outcome">As if it had been asked for alone.</param>
/// <param name="WitnessSeen">The same search found somebody who is known to be there: this server saw people then.</param>
internal readonly record struct AddressOutcome(LdapSearchOutcome Outcome, bool WitnessSeen);
