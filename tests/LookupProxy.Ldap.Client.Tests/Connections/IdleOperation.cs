using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Tests.Connections;

internal sealed class IdleOperation : PendingOperation
{
    public bool Room { get; init; } = true;

    public override bool TakesRoom => Room;

    public override LdapResult LimitReached => new(ResultCode.SizeLimitExceeded);

    public override LdapMessage ToMessage() => new(MessageId, new UnbindRequest());

    public override bool OnEntry(SearchResultEntry entry, long octets) => true;

    public override bool OnReference(SearchResultReference reference, long octets) => true;

    public override bool OnEnd(LdapResult result) => false;

    public override void Tell(bool onThisThread)
    {
        // Nobody waits.
    }

    public override void OnFault(LdapFault fault, bool unheard)
    {
        // Nobody waits.
    }
}
