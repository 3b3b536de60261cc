using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>
/// Finds out whether a password is right. Costly hashes run apart from the threads that serve, few at a time; each failure takes the same time,
/// whether the account exists or not.
/// </summary>
internal sealed class PasswordDesk
{
    /// <summary>Hashes computed at once, and those that may wait for it.</summary>
    private const int AtOnce = 2;

    private const int MaxWaiting = 64;

    private static readonly TimeSpan FailureTakes = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Account> _accounts;
    private readonly Account? _decoy;
    private readonly TimeProvider _time;
    private readonly FailedBinds _failures;
    private readonly TaskScheduler _hashing = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, AtOnce).ConcurrentScheduler;
    private int _waiting;

    public PasswordDesk(LdapOptions options, TimeProvider time)
    {
        _time = time;
        _failures = new FailedBinds(time);
        _accounts = options.Accounts.ToDictionary(static account => AccountName.Normalise(account.Name), account => new Account(account, time), StringComparer.Ordinal);

        HasLogonNames = _accounts.Keys.Any(AccountName.IsLogonName);

        // Asked in the place of an account that is not there: the costliest.
        _decoy = _accounts.Values.Where(static account => account.HasSecret).OrderByDescending(static account => account.IsHashed).FirstOrDefault();
    }

    /// <summary>An account is called <c>DOMAIN\user</c>: whether another such name is one must not be told.</summary>
    public bool HasLogonNames { get; }

    public bool Has(string name) => _accounts.ContainsKey(AccountName.Normalise(name));

    /// <exception cref="IOException">A secret's file can't be read.</exception>
    public async ValueTask<BindOutcome> CheckAsync(string name, ReadOnlyMemory<byte> password, System.Net.EndPoint? client)
    {
        var began = _time.GetTimestamp();
        var account = _accounts.GetValueOrDefault(AccountName.Normalise(name));
        if (account is { HasSecret: false })
            account = null;
        if (account is not null && (account.IsKnown(password.Span) || (!account.IsHashed && account.Matches(password.Span))))
            return new BindOutcome(new LdapResult(ResultCode.Success), account.Options);
        if (_failures.IsBarred(client))
            return await FailAsync(Barred, began);

        if ((account ?? _decoy) is not { IsHashed: true } asked)
        {
            _failures.Add(client);
            return await FailAsync(BindOutcome.Of(ResultCode.InvalidCredentials, ""), began);
        }

        if (await HashAsync(asked, isDecoy: account is null, password, client) is not { } isRight)
            return await FailAsync(_failures.IsBarred(client) ? Barred : BindOutcome.Of(ResultCode.Busy, "too many binds at once; try again"), began);
        if (!isRight)
            return await FailAsync(BindOutcome.Of(ResultCode.InvalidCredentials, ""), began);
        asked.Remember(password.Span);
        return new BindOutcome(new LdapResult(ResultCode.Success), asked.Options);
    }

    private static BindOutcome Barred => BindOutcome.Of(ResultCode.Busy, "too many binds have failed; try again later");

    /// <summary>Null when too many wait already, and when others of the client's have failed while this one waited: guesses sent all at once are no cheaper.</summary>
    private async ValueTask<bool?> HashAsync(Account account, bool isDecoy, ReadOnlyMemory<byte> password, System.Net.EndPoint? client)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            return await Task.Factory.StartNew<bool?>(Look, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _hashing);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        bool? Look()
        {
            if (_failures.IsBarred(client))
                return null;
            if (account.Matches(password.Span) && !isDecoy)
                return true;
            _failures.Add(client);
            return false;
        }
    }

    private async ValueTask<BindOutcome> FailAsync(BindOutcome outcome, long began)
    {
        var left = FailureTakes - _time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, _time);
        return outcome;
    }
}
