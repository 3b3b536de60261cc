using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>Beside the end of a synchronising search, RFC 4533 2.4.</summary>
/// <param name="RefreshDeletes">True: entries that went were told as deleted. False: what was not told as present is gone.</param>
public sealed record SyncDone(ReadOnlyMemory<byte>? Cookie = null, bool RefreshDeletes = false)
{
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out SyncDone? done)
    {
        done = null;
        if (control is not { Oid: Oids.SyncDone, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var cookie = reader.ReadOptionalOctets(BerTag.OctetString);
        var refreshDeletes = reader.ReadOptionalBoolean(absent: false);
        reader.Leave(outer);
        done = reader.Fault is null ? new SyncDone(cookie, refreshDeletes) : null;
        return done is not null;
    }

    public LdapControl ToControl()
    {
        var writer = new BerWriter(64);
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteOptionalOctets(BerTag.OctetString, Cookie);
        if (RefreshDeletes)
            writer.WriteBoolean(BerTag.Boolean, true);
        writer.End(start);
        return new LdapControl(Oids.SyncDone, Critical: false, writer.Finish());
    }
}
