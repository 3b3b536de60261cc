using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Ber;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Controls;

/// <summary>The intermediate response of a synchronising search, RFC 4533 2.5.</summary>
public abstract record SyncInfo
{
    private const byte NewCookieTag = 0x80;
    private const byte RefreshDeleteTag = 0xA1;
    private const byte RefreshPresentTag = 0xA2;
    private const byte IdSetTag = 0xA3;

    /// <summary>Entries named by one message; a server sends many messages rather than more.</summary>
    private const int MaxUuids = 1024 * 1024;

    private SyncInfo()
    {
    }

    public static bool TryRead(IntermediateResponse response, [NotNullWhen(true)] out SyncInfo? info)
    {
        ArgumentNullException.ThrowIfNull(response);
        info = null;
        if (response is not { Oid: Oids.SyncInfo, Value: { } value })
            return false;
        var reader = new BerReader(value.Span);
        info = reader.PeekTag() switch
        {
            NewCookieTag => new NewCookie(reader.ReadOctets(NewCookieTag)),
            RefreshDeleteTag => ReadPhase(ref reader, RefreshDeleteTag, deletes: true),
            RefreshPresentTag => ReadPhase(ref reader, RefreshPresentTag, deletes: false),
            IdSetTag => ReadIdSet(ref reader),
            _ => null,
        };
        if (reader.Fault is not null)
            info = null;
        return info is not null;
    }

    private static PhaseEnd ReadPhase(ref BerReader reader, byte tag, bool deletes)
    {
        var outer = reader.Enter(tag);
        var cookie = reader.ReadOptionalOctets(BerTag.OctetString);
        var done = reader.ReadOptionalBoolean(absent: true);
        reader.Leave(outer);
        return new PhaseEnd(deletes, done, cookie);
    }

    private static IdSet ReadIdSet(ref BerReader reader)
    {
        var outer = reader.Enter(IdSetTag);
        var cookie = reader.ReadOptionalOctets(BerTag.OctetString);
        var refreshDeletes = reader.ReadOptionalBoolean(absent: false);
        var set = reader.Enter(BerTag.Set);
        var uuids = ImmutableArray.CreateBuilder<Guid>(reader.CountElements(MaxUuids, "UUIDs"));
        while (!reader.AtEnd)
            uuids.Add(SyncUuid.Read(ref reader));
        reader.Leave(set);
        reader.Leave(outer);
        return new IdSet(refreshDeletes, uuids.DrainToImmutable(), cookie);
    }

    /// <summary>Nothing changed but the cookie.</summary>
    public sealed record NewCookie(ReadOnlyMemory<byte> Cookie) : SyncInfo;

    /// <summary>A phase of the refresh is over; the next one, or with <paramref name="RefreshDone"/> the persist stage, begins.</summary>
    /// <param name="Deletes">The delete phase, otherwise the present phase.</param>
    public sealed record PhaseEnd(bool Deletes, bool RefreshDone, ReadOnlyMemory<byte>? Cookie) : SyncInfo;

    /// <summary>Entries that are all present or, with <paramref name="RefreshDeletes"/>, all gone.</summary>
    public sealed record IdSet(bool RefreshDeletes, ImmutableArray<Guid> EntryUuids, ReadOnlyMemory<byte>? Cookie) : SyncInfo;
}
