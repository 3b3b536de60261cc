using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>Active Directory's changes since a cookie (MS-ADTS 3.1.1.3.4.1.3). The base must be a naming context.</summary>
/// <param name="MaxBytes">Octets of attributes in one answer; a hint.</param>
/// <param name="Cookie">Empty for everything.</param>
public sealed record DirSyncRequest(DirSyncFlags Flags, int MaxBytes, ReadOnlyMemory<byte> Cookie)
{
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out DirSyncRequest? request)
    {
        request = null;
        if (control is not { Oid: Oids.DirSync, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var flags = (DirSyncFlags)reader.ReadInteger();
        var maxBytes = reader.ReadLimit();
        var cookie = reader.ReadOctets();
        reader.Leave(outer);
        request = reader.Fault is null ? new DirSyncRequest(flags, maxBytes, cookie) : null;
        return request is not null;
    }

    public LdapControl ToControl() => new(Oids.DirSync, Critical: true, DirSyncValue.Write((int)Flags, MaxBytes, Cookie));
}
