using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>Where a DirSync search stands (MS-ADTS 3.1.1.3.4.1.3).</summary>
/// <param name="MoreResults">Ask again at once, with the cookie.</param>
public sealed record DirSyncResponse(bool MoreResults, ReadOnlyMemory<byte> Cookie)
{
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out DirSyncResponse? response)
    {
        response = null;
        if (control is not { Oid: Oids.DirSync, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var more = reader.ReadInteger() != 0;
        _ = reader.ReadInteger();
        var cookie = reader.ReadOctets();
        reader.Leave(outer);
        response = reader.Fault is null ? new DirSyncResponse(more, cookie) : null;
        return response is not null;
    }

    public LdapControl ToControl() => new(Oids.DirSync, Critical: false, DirSyncValue.Write(MoreResults ? 1 : 0, 0, Cookie));
}
