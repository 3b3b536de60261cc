using System.Collections.Immutable;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>How a search ended. Exactly one of <see cref="Result"/> and <see cref="Fault"/> is set. What came before may be used as a whole only with success.</summary>
public sealed record LdapEnd
{
    /// <summary>The server's own end, whatever its code.</summary>
    public LdapResult? Result { get; init; }

    /// <summary>Why there was no end.</summary>
    public LdapFault? Fault { get; init; }

    /// <summary>Controls of the end: the cookie of a page, of DirSync, of syncrepl.</summary>
    public ImmutableArray<LdapControl> Controls { get; init; } = [];

    public bool IsSuccess => Result is { Code: ResultCode.Success };
}
