using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Search, RFC 4511 4.5: a question becomes addresses, verdicts become entries and a result.</summary>
internal sealed class SearchOperation(LdapWire wire, LdapServices services, OutstandingSearches outstanding) : IDisposable
{
    private readonly OtherSearches _others = new(wire, services, outstanding);
    private KnownSearch? _noted;

    /// <param name="known">The search, when it was read before.</param>
    public void Begin(LdapMessage message, SearchRequest search, ClientRights rights, KnownSearch? known = null)
    {
        var metrics = services.Connections.Metrics;
        var began = metrics.TimesRequests ? services.Connections.Time.GetTimestamp() : -1;
        string? outcome;
        try
        {
            if (known is null && services.Language.Usual(search.Filter) is var filter && !ReferenceEquals(filter, search.Filter))
            {
                search = search with { Filter = filter };
                message = message with { Operation = search };
            }

            outcome = known is not null && rights.MaySearch && rights.Permit.AllowsAll
                ? ResolveOne(message, search, known.Address, rights, began, known)
                : Answer(message, search, rights, began);
        }
        catch (Exception e)
        {
            LdapLog.SearchThrew(services.Connections.Logger, e);
            wire.Write(message.MessageId, LdapReplies.Other);
            outcome = LdapWords.Error;
        }

        if (outcome is not null)
            Measure(outcome, began);
    }

    /// <summary>What was begun last, if it is worth knowing.</summary>
    public KnownSearch? TakeNoted()
    {
        var noted = _noted;
        _noted = null;
        return noted;
    }

    /// <summary>Answers a search that had to wait.</summary>
    public void Finish(PendingSearch pending)
    {
        if (pending.Turn is { } turn)
        {
            if (_others.Finish(pending, turn) is { } outcome)
                Measure(outcome, pending.Began);
            return;
        }

        if (pending.IsAbandoned)
            return;
        if (FinishWith(pending) is { } answered)
            Measure(answered, pending.Began);
    }

    /// <summary>The client is somebody else now.</summary>
    public void Rebound() => _others.Rebound();

    /// <summary>The client is gone.</summary>
    public void Dispose() => _others.Dispose();

    /// <returns>Null when the answer comes later.</returns>
    private string? Answer(LdapMessage message, SearchRequest search, ClientRights rights, long began)
    {
        if (KnownControls.RefusedOfSearch(message.Controls) is { } control)
            return Refuse(message, rights, ResultCode.UnavailableCriticalExtension, $"the critical control {ClientText.Show(control)} is not supported");
        if (search.Scope is < SearchScope.BaseObject or > SearchScope.Subordinates)
            return WriteDone(message, LdapReplies.BadScope, LdapWords.Refused);
        DistinguishedName? name = null;
        if (search.Scope == SearchScope.BaseObject && DistinguishedName.TryParse(search.BaseObject, out name)
            && services.Self.Find(name, wire.ClientCertificate is not null) is { } own
            && (name.IsRoot || rights.MaySearch) && own.Matches(search.Filter))
        {
            wire.Write(message.MessageId, own.Select(search));
            return WriteDone(message, LdapReplies.Success, LdapWords.Served);
        }

        if (!rights.MaySearch)
        {
            var mustBind = services.Options.Flavour == LdapFlavour.ActiveDirectory ? LdapReplies.MustBindActiveDirectory : LdapReplies.MustBind;
            services.Refused(wire.Client, rights, "it has not bound, and endpoints.ldap.anonymous is not set");
            return WriteDone(message, mustBind, LdapWords.Denied);
        }

        if (IsPaged(message))
        {
            if (!PagedResults.TryRead(message.Controls.Find(Oids.PagedResults), out var paged))
                return WriteDone(message, LdapReplies.BadPaging, LdapWords.Refused);
            if (!paged.Cookie.IsEmpty)
                return _others.NextPage(message, search, rights, paged, began);
        }

        if (name is not null && services.Language.TryReadName(name, out var named))
            return ResolveNamed(message, search, named, rights, began);
        var reading = services.Language.Read(search.Filter);
        return reading.Subject switch
        {
            SearchSubject.Addresses => Resolve(message, search, reading.Addresses, rights, began),
            SearchSubject.Nothing => WriteDone(message, LdapReplies.Success, LdapWords.Invalid),
            SearchSubject.Domain when services.Enumerations is not null && IsPaged(message) => List(message, search, rights, began),
            SearchSubject.Domain or SearchSubject.Refused => Refuse(message, rights, ResultCode.UnwillingToPerform, reading.Reason),
            _ => List(message, search, rights, began),
        };
    }

    /// <summary>Below the entry of a recipient there is nobody else, so that a search there is about that one. Anywhere else it is about everybody.</summary>
    private string? List(LdapMessage message, SearchRequest search, ClientRights rights, long began)
    {
        if (!DistinguishedName.TryParse(search.BaseObject, out var name) || !services.Language.TryReadName(name, out var named))
            return _others.Begin(message, search, rights, began);
        return search.Scope is SearchScope.SingleLevel or SearchScope.Subordinates ? _others.Refuse(message, rights) : ResolveNamed(message, search, named, rights, began);
    }

    /// <summary>A search whose base is the recipient's own entry: one that is known not to be there is noSuchObject (RFC 4511 4.5.1.1), as other servers say it.</summary>
    private string? ResolveNamed(LdapMessage message, SearchRequest search, Address named, ClientRights rights, long began) =>
        services.Rules.AllowsAddresses(rights, [named], wire.Client)
            ? ResolveOne(message, search, named, rights, began, isNamed: true)
            : WriteDone(message, LdapReplies.NotAllowed, LdapWords.Denied);

    private string? Resolve(LdapMessage message, SearchRequest search, ImmutableArray<Address> addresses, ClientRights rights, long began)
    {
        if (!services.Rules.AllowsAddresses(rights, addresses, wire.Client))
            return WriteDone(message, LdapReplies.NotAllowed, LdapWords.Denied);
        return addresses.Length == 1 ? ResolveOne(message, search, addresses[0], rights, began) : ResolveAll(new PendingSearch(message, rights, began), addresses);
    }

    private string? ResolveAll(PendingSearch asked, ImmutableArray<Address> addresses)
    {
        var lookups = ImmutableArray.CreateRange(
            addresses, address => services.Resolver.ResolveAsync(new LookupRequest(address, asked.Rights.View, Everywhere: asked.IsWhole), CancellationToken.None));
        return lookups.All(static lookup => lookup.IsCompletedSuccessfully) ? Write(asked, [.. lookups.Select(static lookup => lookup.Result)]) : Wait(asked, lookups);
    }

    /// <param name="known">Null for a search that is new; it is noted when memory answers it and neither a control nor a rule of the firewall has a say.</param>
    private string? ResolveOne(LdapMessage message, SearchRequest search, Address address, ClientRights rights, long began, KnownSearch? known = null, bool isNamed = false)
    {
        var lookup = services.Resolver.ResolveAsync(new LookupRequest(address, rights.View), CancellationToken.None);
        if (!lookup.IsCompletedSuccessfully)
            return Wait(new PendingSearch(message, rights, began) { IsNamed = isNamed }, [lookup]);
        if (known is null && !isNamed && message.Controls.IsEmpty && search.Scope != SearchScope.BaseObject && rights.Permit.AllowsAll)
            known = _noted = new KnownSearch(search, address);
        var verdict = lookup.Result;
        // An end user may not be told all that others were.
        if (rights.User is not null || known?.EntryOf(verdict) is not { } entry)
            return Write(new PendingSearch(message, rights, began) { IsNamed = isNamed }, [verdict], known);
        wire.Write(message.MessageId, entry);
        return WriteDone(message, LdapReplies.Success, LdapWords.Valid);
    }

    private string? Wait(PendingSearch asked, ImmutableArray<ValueTask<Verdict>> lookups)
    {
        if (outstanding.IsFull)
        {
            // What was begun goes on, for the next one who asks; nobody awaits it here.
            foreach (var lookup in lookups)
                _ = lookup.AsTask();
            return WriteDone(asked.Message, LdapReplies.TooManyOutstanding, LdapWords.Busy);
        }

        outstanding.Add(asked, lookups);
        return null;
    }

    /// <returns>Null when the answer comes later still.</returns>
    private string? FinishWith(PendingSearch pending)
    {
        try
        {
            if (pending.Verdicts is { } verdicts)
                return Write(pending, verdicts);
            if (pending.IsLate)
                return WriteDone(pending.Message, LdapReplies.TimeLimit, LdapWords.Unknown);
        }
        catch (Exception e)
        {
            pending.Error = e;
        }

        if (pending.Error is { } error)
            LdapLog.SearchThrew(services.Connections.Logger, error);
        return WriteDone(pending.Message, LdapReplies.Other, LdapWords.Error);
    }

    /// <summary>
    /// The entries of those that are valid; then success only when every verdict is known. Of one that the filter does not take, another directory may have an entry that
    /// it does take (an account that was disabled when its mailbox moved, a contact for it), so all are heard before that one is kept back.
    /// </summary>
    /// <returns>Null when the answer comes later.</returns>
    private string? Write(PendingSearch asked, ReadOnlySpan<Verdict> verdicts, KnownSearch? known = null)
    {
        var (message, search, rights) = (asked.Message, asked.Search, asked.Rights);
        if (rights.User is { } user && !AllMayBeTold(user, verdicts))
            return WriteDone(message, LdapReplies.NotAllowed, LdapWords.Denied);
        var outcome = LdapWords.Invalid;
        Verdict? unknown = null;
        string? doubt = null;
        EncodedEntry? first = null;
        List<EncodedEntry>? others = null;
        foreach (var verdict in verdicts)
        {
            if (verdict.Kind == VerdictKind.NotOurs)
            {
                services.Foreign.Heard(verdict.Address.Domain);
                if (verdicts.Length == 1)
                    outcome = LdapWords.NotOurs;
            }

            if (verdict.Kind == VerdictKind.Unknown && verdict.WhenUnknown != WhenUnknown.Accept)
                unknown ??= verdict;
            else if (verdict.Kind is VerdictKind.Valid or VerdictKind.Unknown)
            {
                var language = rights.Permit.Decide(LdapQuestions.Address, verdict.Namespace).Language;
                var (entry, why, isOpen) = asked.IsWhole ? OfAll(language, search, verdict) : OfOne(language, search, verdict);
                if (entry is null)
                {
                    if (!asked.IsWhole && verdict.Kind == VerdictKind.Valid && rights.User is null)
                        return ResolveAll(new PendingSearch(message, rights, asked.Began) { IsNamed = asked.IsNamed, IsWhole = true }, [.. verdicts.ToArray().Select(static one => one.Address)]);
                    doubt ??= why;
                    unknown ??= isOpen ? verdict : null;
                    continue;
                }

                if (!asked.IsWhole)
                    known?.Note(verdict, entry.Operation);

                // One recipient is one entry, also when the filter names it by two addresses.
                if (first is null)
                    first = entry;
                else if (first.Name != entry.Name && others?.Exists(other => other.Name == entry.Name) != true)
                    (others ??= []).Add(entry);
            }
        }

        if (first is not null)
        {
            Write(message, search, first);
            outcome = LdapWords.Valid;
        }

        var written = 1;
        foreach (var other in others ?? [])
        {
            if (written++ == search.SizeLimit)
                return WriteDone(message, LdapReplies.SizeLimit, LdapWords.Valid);
            Write(message, search, other);
        }

        if (unknown is not null)
            return WriteDone(message, unknown.Reason == UnknownReason.Overloaded ? LdapReplies.Busy : LdapReplies.Unavailable, LdapWords.Unknown);
        if (doubt is not null)
            return Undecided(message, doubt);
        return WriteDone(message, asked.IsNamed && verdicts[0].Kind is (VerdictKind.Invalid or VerdictKind.NotOurs) ? services.Self.NoSuchObject : LdapReplies.Success, outcome);
    }

    private void Write(LdapMessage message, SearchRequest search, EncodedEntry entry)
    {
        if (entry.LacksAll)
            services.NothingAskedFor(wire.Client, search.Attributes);
        wire.Write(message.MessageId, entry.Operation);
    }

    /// <returns>Without an entry: why it can't be told whether the filter takes the recipient, and whether that may be told another time.</returns>
    private static (EncodedEntry? Entry, string? Doubt, bool IsOpen) OfOne(ISearchLanguage language, SearchRequest search, Verdict verdict)
    {
        if (language.Entry(search, verdict) is { } entry)
            return (entry, null, false);
        var why = language.Doubt(search, verdict);
        return (null, why, why is not null && verdict.Kind == VerdictKind.Unknown);
    }

    /// <summary>Of whomever the directories have at the address, the first whom the filter takes.</summary>
    private static (EncodedEntry? Entry, string? Doubt, bool IsOpen) OfAll(ISearchLanguage language, SearchRequest search, Verdict whole)
    {
        string? doubt = null;
        var isOpen = !Namesakes.AreAllKnown(whole);
        foreach (var one in Namesakes.Of(whole))
        {
            var (entry, why, isOneOpen) = OfOne(language, search, one);
            if (entry is not null)
                return (entry, null, false);
            doubt ??= why;
            isOpen |= isOneOpen;
        }

        return (null, doubt, isOpen);
    }

    /// <summary>The recipient is there, and whether the filter takes it nobody can tell: never success without an entry, which says that nobody is there.</summary>
    private string Undecided(LdapMessage message, string why)
    {
        services.Undecided(why);
        return WriteDone(message, OperationBytes.Of(ResultCode.UnwillingToPerform, why), LdapWords.Refused);
    }

    private static bool AllMayBeTold(EndUser user, ReadOnlySpan<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            if (!user.MayBeTold(verdict))
                return false;
        }

        return true;
    }

    /// <summary>A client that pages gets one page, the last.</summary>
    private string WriteDone(LdapMessage message, byte[] done, string outcome)
    {
        var isPaged = ReferenceEquals(done, LdapReplies.Success) && IsPaged(message);
        wire.Write(message.MessageId, isPaged ? LdapReplies.SuccessLastPage : done);
        return outcome;
    }

    private string Refuse(LdapMessage message, ClientRights rights, ResultCode code, string why)
    {
        services.Refused(wire.Client, rights, why);
        return WriteDone(message, OperationBytes.Of(code, why), LdapWords.Refused);
    }

    private static bool IsPaged(LdapMessage message) => !message.Controls.IsEmpty && message.Controls.Find(Oids.PagedResults) is not null;

    private void Measure(string outcome, long began)
    {
        if (began >= 0)
            services.Connections.Metrics.Answered(LdapWords.Endpoint, outcome, services.Connections.Time.GetElapsedTime(began));
    }
}
