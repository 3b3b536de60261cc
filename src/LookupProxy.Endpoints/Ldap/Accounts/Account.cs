namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>An account at run time: its secret as it is now, and the last password that was found right.</summary>
internal sealed class Account(LdapAccountOptions options, TimeProvider time)
{
    /// <summary>A secret lies in a file that may change; binds come in bursts.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private string? _secret;
    private long _readAt;
    private byte[]? _verified;

    public LdapAccountOptions Options => options;

    /// <summary>Whether finding out costs so much that it must not run everywhere at once.</summary>
    public bool IsHashed => options.ReadPasswordHash is not null;

    public bool HasSecret => options.ReadPassword is not null || IsHashed;

    /// <summary>Whether this password was found right before, against the same secret.</summary>
    public bool IsKnown(ReadOnlySpan<byte> password)
    {
        var secret = Secret();
        lock (_lock)
            return _verified is not null && _secret == secret && Passwords.Equal(password, _verified);
    }

    public void Remember(ReadOnlySpan<byte> password)
    {
        var keyed = Passwords.Keyed(password);
        lock (_lock)
            _verified = keyed;
    }

    /// <summary>Takes as long as the hash's cost says.</summary>
    public bool Matches(ReadOnlySpan<byte> password) =>
        IsHashed ? PasswordHash.TryParse(Secret(), out var hash) && hash.Matches(password) : Passwords.Equal(password, Secret());

    private string Secret()
    {
        lock (_lock)
        {
            if (_secret is not null && time.GetElapsedTime(_readAt) < ReadEvery)
                return _secret;
            var secret = (options.ReadPasswordHash ?? options.ReadPassword)!();
            if (secret != _secret)
                _verified = null;
            _secret = secret;
            _readAt = time.GetTimestamp();
            return secret;
        }
    }
}
