namespace LookupProxy.Endpoints.Ldap.Searching;

/// <param name="Name">Its DN: no answer holds one twice.</param>
/// <param name="Operation">The encoded SearchResultEntry.</param>
internal sealed record EncodedEntry(string Name, byte[] Operation);
