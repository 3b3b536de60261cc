using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <param name="Entries">Encoded, in order.</param>
/// <param name="End">Null when there may be more.</param>
internal readonly record struct Portion(ImmutableArray<byte[]> Entries, LdapResult? End);
