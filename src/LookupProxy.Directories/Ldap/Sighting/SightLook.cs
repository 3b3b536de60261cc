using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Looks for anybody at all, and for somebody with each attribute that is in use: first for one seen before, which costs any server next to nothing,
/// then below one base after the other (where Samba, which heeds no size limit, gives everybody).
/// </summary>
internal sealed class SightLook(ILdapSearcher searcher, ImmutableArray<string> baseDns, LdapQuestion question, SightReader reader, ShownAttributes shown)
{
    private string? _seenLast;

    public async ValueTask<Answer.Unknown?> LookAsync(CancellationToken cancellationToken)
    {
        var inUse = shown.InUse;
        if (inUse.IsEmpty)
            return await LookForAnybodyAsync(cancellationToken);

        var missing = new List<string>();
        foreach (var together in inUse.GroupBy(name => shown.PeopleWith(name).FirstOrDefault()))
        {
            if (together.Key is { } first && IsThere(await LookForAsync(first, [.. together], cancellationToken)))
                continue;
            foreach (var name in together)
            {
                var (somebody, dn, failure) = await LookBelowAllAsync([name], cancellationToken);
                if (failure is not null)
                    return failure;
                if (!somebody)
                    missing.Add(name);
                else if (dn is not null)
                    shown.Renew(name, together.Key, dn);
            }
        }

        return missing.Count == 0 ? Well() : await JudgeAsync(missing, cancellationToken);
    }

    /// <summary>Nobody shows them. Who is known to have shown them may have left; where enough are there still, and show it no more, it is kept from us.</summary>
    private async ValueTask<Answer.Unknown?> JudgeAsync(List<string> missing, CancellationToken cancellationToken)
    {
        if (await LookForAnybodyAsync(cancellationToken) is { } blind)
            return blind;

        var kept = new List<string>();
        foreach (var name in missing)
        {
            var there = 0;
            foreach (var dn in shown.PeopleWith(name))
            {
                var outcome = await LookForAsync(dn, [], cancellationToken);
                if (IsThere(outcome))
                    there++;
                else if (outcome.Result is not { Code: ResultCode.NoSuchObject } && SearchEnd.FailureOf(outcome, dn) is { } failure)
                    return failure;
                else
                    shown.Forget(name, dn);
            }

            if (there >= ShownAttributes.Enough)
                kept.Add(name);
        }

        if (kept.Count == 0)
            return Well();
        shown.SetMissing([.. kept]);
        return new(UnknownReason.Distrusted, Details.NobodyShows(kept, baseDns));
    }

    private Answer.Unknown? Well()
    {
        shown.SetMissing([]);
        return null;
    }

    private async ValueTask<Answer.Unknown?> LookForAnybodyAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _seenLast) is { } seenLast && IsThere(await LookForAsync(seenLast, [], cancellationToken)))
            return null;
        var (somebody, dn, failure) = await LookBelowAllAsync([], cancellationToken);
        if (!somebody)
            return failure ?? new(UnknownReason.NotReady, Details.Nobody(baseDns));
        Volatile.Write(ref _seenLast, dn);
        return null;
    }

    /// <param name="with">Attributes that it has to have.</param>
    private ValueTask<LdapSearchOutcome> LookForAsync(string dn, ImmutableArray<string> with, CancellationToken cancellationToken) =>
        searcher.SearchAsync(question.Somebody(dn, with), cancellationToken);

    private static bool IsThere(LdapSearchOutcome outcome) => !outcome.Entries.IsEmpty;

    /// <inheritdoc cref="LookForAsync"/>
    private async ValueTask<(bool Somebody, string? Dn, Answer.Unknown? Failure)> LookBelowAllAsync(ImmutableArray<string> with, CancellationToken cancellationToken)
    {
        Answer.Unknown? failure = null;
        foreach (var baseDn in baseDns)
        {
            var outcome = await searcher.SearchAsync(question.Anybody(baseDn, with), cancellationToken);
            var reading = reader.Read(outcome, baseDn);
            if (reading.Somebody)
                return (true, outcome.Entries.FirstOrDefault()?.ObjectName, null);
            failure ??= reading.Failure;
        }

        return (false, null, failure);
    }
}
