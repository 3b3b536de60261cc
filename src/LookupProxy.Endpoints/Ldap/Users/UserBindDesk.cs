using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Users;

/// <summary>
/// Pass-through bind: an end user binds by an address, the user principal name, or the DN that a search returned, and the user's own directory
/// says whether the password is right. No password is kept. A directory that can't say is unavailable, never a wrong password.
/// </summary>
internal sealed class UserBindDesk(UserBindOptions options, LdapOptions endpoint, LdapSources sources, IRecipientResolver resolver, RuleBook rules, TimeProvider time)
{
    /// <summary>A user who is not there takes as long as a wrong password.</summary>
    private static readonly TimeSpan FailureTakes = TimeSpan.FromSeconds(1);

    private readonly EntryNames _names = new(endpoint.Suffix);
    private readonly UserDirectories _directories = new(sources);
    private readonly BindPenalties _users = new(options, options.SlowAfter, time);
    private readonly BindPenalties _clients = new(options, options.SlowClientAfter, time);
    private int _underWay;

    public bool TryReadUser(string name, [NotNullWhen(true)] out Address? user)
    {
        if (DistinguishedName.TryParse(name, out var parsed) && !parsed.IsRoot)
            return _names.TryReadAddress(parsed, out user);
        return AddressParser.TryParse(name, AddressSyntax.Unquoted, out user) == AddressFault.None;
    }

    /// <param name="nobody">The rights of the client before the bind.</param>
    /// <param name="password">Not empty.</param>
    public async ValueTask<BindOutcome> CheckAsync(Address user, ReadOnlyMemory<byte> password, ClientRights nobody, EndPoint? client)
    {
        var ns = sources.Namespaces.OfDomain(nobody.View, user.Domain);
        if (!rules.Allows(nobody, LdapQuestions.UserBind, ns?.Name, client))
            return new BindOutcome(RuleBook.Refusal, null);
        var began = time.GetTimestamp();
        var clientKey = ClientKey.Of(client);
        if (Interlocked.Increment(ref _underWay) > options.MaxConcurrent || !_clients.TryEnter(clientKey))
        {
            Interlocked.Decrement(ref _underWay);
            return TooMany;
        }

        var counts = false;
        try
        {
            var directories = ns?.Directories ?? _directories.WithPrincipalNames(Allowed(nobody));
            var outcome = directories.IsEmpty ? Wrong("no namespace has the domain") : await CheckAsync(directories, user, ns?.CaseSensitive == true, password, nobody);
            counts = outcome.Result.Code == ResultCode.InvalidCredentials;
            return counts ? await LateAsync(outcome, began) : outcome;
        }
        finally
        {
            if (counts)
                _clients.Failed(clientKey);
            else
                _clients.Undo(clientKey);
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static BindOutcome TooMany { get; } = BindOutcome.Of(ResultCode.Busy, "too many binds have failed; try again later");

    private async ValueTask<BindOutcome> CheckAsync(ImmutableArray<string> directories, Address user, bool caseSensitive, ReadOnlyMemory<byte> password, ClientRights nobody)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        string? key = null;
        var keep = false;
        try
        {
            if (await FindAsync(new LookupRequest(user, nobody.View), deadline.Token) is not { } verdict)
                return NotKnown("of the directories that have the address none has an account with a password, and one could not be asked");
            var entering = KeyOf(user, verdict);
            if (!_users.TryEnter(entering))
                return TooMany;
            key = entering;
            var (answer, directory) = await _directories.AskAsync(directories, user, password, UserDirectories.OwnerOf(verdict), deadline.Token);
            switch (answer)
            {
                case CredentialAnswer.Accepted accepted:
                    _users.Forget(key);
                    keep = true;
                    var name = _names.Of((caseSensitive ? user : user.Fold()).Text);
                    return new BindOutcome(new LdapResult(ResultCode.Success), null)
                    {
                        User = new EndUser(name, user, directory, accepted.DistinguishedName, options.ReadsAddresses),
                    };
                case CredentialAnswer.Unknown unknown:
                    return NotKnown($"{unknown.Reason}: {unknown.Detail}");
                default:
                    _users.Failed(key);
                    keep = true;
                    return Wrong(answer is CredentialAnswer.Refused refused ? $"{directory}: {refused.Detail}" : "no directory has the user");
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return NotKnown("not known in time");
        }
        finally
        {
            if (key is not null && !keep)
                _users.Undo(key);
        }
    }

    /// <summary>Where a directory knows the address without a password that could be right (a contact, an account that was disabled when it moved), another may have the user.</summary>
    /// <returns>Null when that can't be told.</returns>
    private async ValueTask<Verdict?> FindAsync(LookupRequest request, CancellationToken cancellationToken)
    {
        var verdict = await resolver.ResolveAsync(request, cancellationToken);
        if (verdict.Kind != VerdictKind.Valid || MayBind(verdict))
            return verdict;
        var whole = await resolver.ResolveAsync(request with { Everywhere = true }, cancellationToken);
        return Namesakes.Of(whole).FirstOrDefault(MayBind) ?? (Namesakes.AreAllKnown(whole) ? verdict : null);
    }

    private static bool MayBind(Verdict verdict) =>
        verdict.Recipient is { Disabled: false, Kind: not (RecipientKind.Contact or RecipientKind.Group or RecipientKind.PublicFolder) };

    private IEnumerable<NamespaceOutline> Allowed(ClientRights nobody) =>
        sources.Namespaces.Of(nobody.View).Where(ns => nobody.Permit.Decide(LdapQuestions.UserBind, ns.Name).IsAllowed);

    /// <summary>All addresses of one user count together; a principal name counts by itself.</summary>
    private static string KeyOf(Address user, Verdict verdict) =>
        verdict is { Kind: VerdictKind.Valid, Recipient: { } recipient } && (recipient.DistinguishedName ?? recipient.PrimaryAddress) is { } name
            ? $"{recipient.Directory}\n{name.ToLowerInvariant()}"
            : user.Fold().Text;

    /// <param name="why">For the log only: a client must not learn whether the user exists, or that the account is locked.</param>
    private static BindOutcome Wrong(string why) => BindOutcome.Of(ResultCode.InvalidCredentials, "") with { Why = why };

    private static BindOutcome NotKnown(string why) => BindOutcome.Of(ResultCode.Unavailable, "the user's directory could not be asked; try again") with { Why = why };

    private async ValueTask<BindOutcome> LateAsync(BindOutcome outcome, long began)
    {
        var left = FailureTakes - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time);
        return outcome;
    }
}
