using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

public enum SyncEntryState
{
    /// <summary>Unchanged; its attributes are not sent.</summary>
    Present = 0,
    Add = 1,
    Modify = 2,
    Delete = 3,
}

/// <summary>Beside an entry or a reference: what happened to it, RFC 4533 2.3.</summary>
/// <param name="EntryUuid">16 octets that stay when the entry is renamed.</param>
public sealed record SyncState(SyncEntryState State, Guid EntryUuid, ReadOnlyMemory<byte>? Cookie = null)
{
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out SyncState? state)
    {
        state = null;
        if (control is not { Oid: Oids.SyncState, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var kind = (SyncEntryState)reader.ReadInteger(BerTag.Enumerated);
        var uuid = SyncUuid.Read(ref reader);
        var cookie = reader.ReadOptionalOctets(BerTag.OctetString);
        reader.Leave(outer);
        state = reader.Fault is null ? new SyncState(kind, uuid, cookie) : null;
        return state is not null;
    }

    public LdapControl ToControl()
    {
        var writer = new BerWriter(64);
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteEnumerated((int)State);
        SyncUuid.Write(ref writer, EntryUuid);
        writer.WriteOptionalOctets(BerTag.OctetString, Cookie);
        writer.End(start);
        return new LdapControl(Oids.SyncState, Critical: false, writer.Finish());
    }
}
