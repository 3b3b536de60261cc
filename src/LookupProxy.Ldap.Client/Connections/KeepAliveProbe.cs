using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>A search of the root DSE for no attribute (RFC 4512 5.1, RFC 4511 4.5.1.8). Any end of it is a sign of life.</summary>
internal sealed class KeepAliveProbe(Action onEnd) : PendingOperation
{
    private static readonly SearchRequest Request = new("", SearchScope.BaseObject, LdapFilter.Anything) { Attributes = ["1.1"] };

    public override bool TakesRoom => false;

    public override LdapResult LimitReached => throw new InvalidOperationException("A keep-alive takes whatever comes.");

    public override LdapMessage ToMessage() => new(MessageId, Request);

    public override bool OnEntry(SearchResultEntry entry, long octets) => true;

    public override bool OnReference(SearchResultReference reference, long octets) => true;

    public override bool OnEnd(LdapResult result)
    {
        onEnd();
        return false;
    }

    public override void Tell(bool onThisThread) => throw new InvalidOperationException("Nobody waits for a keep-alive.");

    public override void OnFault(LdapFault fault, bool unheard)
    {
        // The connection is gone, and its owner knows.
    }
}
