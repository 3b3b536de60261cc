using System.Collections.Immutable;
using LookupProxy.Ldap.Controls;

namespace LookupProxy.Ldap.Messages;

/// <summary>RFC 4511 4.1.1. Owns its bytes: nothing in it points into a read buffer.</summary>
public sealed record LdapMessage(int MessageId, LdapOperation Operation)
{
    public ImmutableArray<LdapControl> Controls { get; init; } = [];
}
