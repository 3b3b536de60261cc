using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Fuzzing;

/// <summary>Every reader of a value tries every value there is.</summary>
internal static class ControlValues
{
    public static void ReadAll(LdapMessage message)
    {
        foreach (var control in message.Controls)
        {
            _ = PagedResults.TryRead(control with { Oid = Oids.PagedResults }, out _);
            _ = DirSyncRequest.TryRead(control with { Oid = Oids.DirSync }, out _);
            _ = DirSyncResponse.TryRead(control with { Oid = Oids.DirSync }, out _);
            _ = SyncRequest.TryRead(control with { Oid = Oids.SyncRequest }, out _);
            _ = SyncState.TryRead(control with { Oid = Oids.SyncState }, out _);
            _ = SyncDone.TryRead(control with { Oid = Oids.SyncDone }, out _);
        }

        if (message.Operation is IntermediateResponse intermediate)
            _ = SyncInfo.TryRead(intermediate with { Oid = Oids.SyncInfo }, out _);
    }
}
