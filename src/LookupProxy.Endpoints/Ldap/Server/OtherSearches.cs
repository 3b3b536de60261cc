using System.Diagnostics.CodeAnalysis;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>
/// Where every search ends that is not about an address. Without pass-through search it is refused, and never answered with success: no entry would be
/// read as "nobody". With it the answer is told in portions, each of which the client has taken before the next one is written.
/// </summary>
internal sealed class OtherSearches(LdapWire wire, LdapServices services, OutstandingSearches outstanding) : IDisposable
{
    private readonly PageCursors? _cursors = services.Enumerations is { } desk ? new PageCursors(desk.Options, services.Connections.Time) : null;
    private readonly Lock _lock = new();
    private readonly HashSet<Enumeration> _running = [];
    private bool _isDisposed;

    /// <summary>Lists that are being told: not those that wait for their client to ask for the next page.</summary>
    internal int Running
    {
        get
        {
            lock (_lock)
                return _running.Count;
        }
    }

    /// <returns>The outcome's word; null when the answer comes later.</returns>
    public string? Begin(LdapMessage message, SearchRequest search, ClientRights rights, long began)
    {
        if (services.Enumerations is not { } desk || (search.Scope == SearchScope.BaseObject && !desk.IsElsewhere(search.BaseObject)))
            return Refuse(message, rights);
        if (desk.ScopeOf(rights, wire.Client) is not { } scope)
            return Write(message, LdapReplies.NotAllowed, LdapWords.Denied);
        if (desk.Doubt(scope, search.Filter) is { } why)
        {
            services.Undecided(why);
            wire.Write(message.MessageId, new SearchResultDone(new LdapResult(ResultCode.UnwillingToPerform, "", why)));
            return LdapWords.Refused;
        }

        var isPaged = TryReadPaging(message, out var paged);
        if (outstanding.IsFull || (isPaged && _cursors!.IsFull))
            return Write(message, LdapReplies.TooManyOutstanding, LdapWords.Busy);
        var pending = new PendingSearch(message, rights, began) { Turn = TurnOf(search, isPaged ? paged! : null) };
        outstanding.Add(pending, BeginAsync(pending, desk, scope));
        return null;
    }

    /// <summary>It is about no address, and nobody answers it.</summary>
    public string Refuse(LdapMessage message, ClientRights rights)
    {
        services.Refused(
            wire.Client,
            rights,
            services.Enumerations is null
                ? "its filter names no address; local parts need endpoints.ldap.defaultDomain, lists endpoints.ldap.passThrough.search"
                : "it asks for an entry that is no recipient's, or for what lies below one");
        return Write(message, LdapReplies.NotAnAddress, LdapWords.Refused);
    }

    /// <summary>RFC 2696: a cookie asks for the next page, and a page of no entries for the end.</summary>
    public string? NextPage(LdapMessage message, SearchRequest search, ClientRights rights, PagedResults paged, long began)
    {
        if (_cursors?.Resume(paged.Cookie.Span, search) is not { } enumeration)
            return Write(message, LdapReplies.BadCookie, LdapWords.Refused);
        var turn = TurnOf(search, paged);
        if (paged.Size == 0)
        {
            enumeration.Dispose();
            return End(message, turn, EnumerationEnd.Whole);
        }

        var pending = new PendingSearch(message, rights, began) { Turn = turn };
        outstanding.Add(pending, TakeAsync(turn, enumeration));
        return null;
    }

    /// <summary>Writes what has come.</summary>
    /// <returns>The outcome's word; null when there is more to come.</returns>
    public string? Finish(PendingSearch pending, EnumerationTurn turn)
    {
        if (pending.IsAbandoned)
        {
            Stop(turn.Enumeration);
            return LdapWords.Served;
        }

        if (pending.Error is { } error)
        {
            LdapLog.SearchThrew(services.Connections.Logger, error);
            Stop(turn.Enumeration);
            return Write(pending.Message, LdapReplies.Other, LdapWords.Error);
        }

        foreach (var entry in turn.Portion.Entries)
            wire.Write(pending.Message.MessageId, entry);
        turn.Left -= turn.Portion.Entries.Length;
        if (turn.Portion.End is { } end)
            return End(pending.Message, turn, end);
        if (turn.Left > 0)
        {
            outstanding.Add(pending, TakeAsync(turn));
            return null;
        }

        // From here on it is the cursor's, which forgets it when nobody asks for more.
        Forget(turn.Enumeration!);
        var cookie = _cursors!.Park(turn.Enumeration!, pending.Search);
        wire.Write(pending.Message.MessageId, new SearchResultDone(new LdapResult(ResultCode.Success)), new PagedResults(0, cookie).ToControl(critical: false));
        return LdapWords.Listed;
    }

    /// <summary>The client is another one now: what it had begun to read is no longer its to read.</summary>
    public void Rebound() => _cursors?.Dispose();

    public void Dispose()
    {
        Enumeration[] running;
        lock (_lock)
        {
            _isDisposed = true;
            running = [.. _running];
            _running.Clear();
        }

        foreach (var enumeration in running)
            enumeration.Dispose();
        _cursors?.Dispose();
    }

    private static bool TryReadPaging(LdapMessage message, [NotNullWhen(true)] out PagedResults? paged) =>
        PagedResults.TryRead(message.Controls.Find(Oids.PagedResults), out paged);

    private EnumerationTurn TurnOf(SearchRequest search, PagedResults? paged) => new(paged is { Size: > 0 } ? paged.Size : int.MaxValue, paged is not null)
    {
        TimeLimit = search.TimeLimit > 0 ? TimeSpan.FromSeconds(search.TimeLimit) : TimeSpan.MaxValue,
        Began = services.Connections.Time.GetTimestamp(),
    };

    private async Task BeginAsync(PendingSearch pending, EnumerationDesk desk, EnumerationScope scope)
    {
        var turn = pending.Turn!;
        if (await desk.BeginAsync(pending.Search, pending.Rights, scope) is not { } enumeration)
        {
            turn.Portion = new Portion([], EnumerationEnd.Busy);
            return;
        }

        await TakeAsync(turn, enumeration);
    }

    /// <summary>The first portion of a turn.</summary>
    private Task TakeAsync(EnumerationTurn turn, Enumeration enumeration)
    {
        turn.Enumeration = enumeration;
        return TryKeep(enumeration) ? TakeAsync(turn) : Task.CompletedTask;
    }

    private async Task TakeAsync(EnumerationTurn turn)
    {
        var left = turn.TimeLimit == TimeSpan.MaxValue ? turn.TimeLimit : turn.TimeLimit - services.Connections.Time.GetElapsedTime(turn.Began);
        turn.Portion = left > TimeSpan.Zero ? await turn.Enumeration!.TakeAsync(turn.Left, left) : new Portion([], EnumerationEnd.TimeLimit);
    }

    private string End(LdapMessage message, EnumerationTurn turn, LdapResult end)
    {
        Stop(turn.Enumeration);
        if (turn.IsPaged)
            wire.Write(message.MessageId, new SearchResultDone(end), new PagedResults(0, ReadOnlyMemory<byte>.Empty).ToControl(critical: false));
        else
            wire.Write(message.MessageId, new SearchResultDone(end));
        return end.Code == ResultCode.Success ? LdapWords.Listed : end.Code == ResultCode.Busy ? LdapWords.Busy : LdapWords.ListedInPart;
    }

    private bool TryKeep(Enumeration enumeration)
    {
        lock (_lock)
        {
            if (!_isDisposed)
                return _running.Add(enumeration);
        }

        enumeration.Dispose();
        return false;
    }

    private void Stop(Enumeration? enumeration)
    {
        if (enumeration is null)
            return;
        Forget(enumeration);
        enumeration.Dispose();
    }

    private void Forget(Enumeration enumeration)
    {
        lock (_lock)
            _running.Remove(enumeration);
    }

    private string Write(LdapMessage message, byte[] done, string outcome)
    {
        wire.Write(message.MessageId, done);
        return outcome;
    }
}
