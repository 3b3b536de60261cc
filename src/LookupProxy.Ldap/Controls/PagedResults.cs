using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Controls;

/// <summary>RFC 2696.</summary>
/// <param name="Size">Of a request the page's entries; of a response the server's estimate of all, or 0.</param>
/// <param name="Cookie">Empty in the first request and in the last response.</param>
public sealed record PagedResults(int Size, ReadOnlyMemory<byte> Cookie)
{
    /// <summary>False when <paramref name="control"/> is no paged results control or its value is malformed.</summary>
    public static bool TryRead(LdapControl? control, [NotNullWhen(true)] out PagedResults? paged)
    {
        paged = null;
        if (control is not { Oid: Oids.PagedResults, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        var outer = reader.Enter(BerTag.Sequence);
        var size = reader.ReadLimit();
        var cookie = reader.ReadOctets();
        reader.Leave(outer);
        paged = reader.Fault is null ? new PagedResults(size, cookie) : null;
        return paged is not null;
    }

    public LdapControl ToControl(bool critical = true)
    {
        var writer = new BerWriter(64 + Cookie.Length);
        var start = writer.Begin(BerTag.Sequence);
        writer.WriteInteger(Size);
        writer.WriteOctets(Cookie.Span);
        writer.End(start);
        return new LdapControl(Oids.PagedResults, critical, writer.Finish());
    }
}
