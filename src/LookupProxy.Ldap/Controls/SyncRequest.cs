using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

public enum SyncMode
{
    RefreshOnly = 1,

    /// <summary>The search never ends: changes follow as they happen.</summary>
    RefreshAndPersist = 3,
}

/// <summary>Content synchronisation, RFC 4533 2.2.</summary>
/// <param name="Cookie">Null for everything.</param>
/// <param name="ReloadHint">Whether to send everything anew rather than nothing but an error when the cookie is too old.</param>
public sealed record SyncRequest(SyncMode Mode, ReadOnlyMemory<byte>? Cookie = null, bool ReloadHint = false)
{
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out SyncRequest? request)
    {
        request = null;
        if (control is not { Oid: Oids.SyncRequest, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var mode = (SyncMode)reader.ReadInteger(BerTag.Enumerated);
        var cookie = reader.ReadOptionalOctets(BerTag.OctetString);
        var reloadHint = reader.ReadOptionalBoolean(absent: false);
        reader.Leave(outer);
        request = reader.Fault is null ? new SyncRequest(mode, cookie, reloadHint) : null;
        return request is not null;
    }

    public LdapControl ToControl()
    {
        var writer = new BerWriter(64);
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteEnumerated((int)Mode);
        writer.WriteOptionalOctets(BerTag.OctetString, Cookie);
        if (ReloadHint)
            writer.WriteBoolean(BerTag.Boolean, true);
        writer.End(start);
        return new LdapControl(Oids.SyncRequest, Critical: true, writer.Finish());
    }
}
