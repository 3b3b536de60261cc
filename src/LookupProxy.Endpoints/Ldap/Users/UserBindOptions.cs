namespace LookupProxy.Endpoints.Ldap.Users;

/// <summary>Pass-through bind: end users bind with their own directory's password.</summary>
public sealed record UserBindOptions
{
    /// <summary>Whether a user may look up others by address, and not only read the own entry.</summary>
    public bool ReadsAddresses { get; init; }

    /// <summary>For the whole: finding the user's directory and asking it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Binds of users under way at a time; a further one is busy.</summary>
    public int MaxConcurrent { get; init; } = 64;

    /// <summary>Wrong passwords of one user that slow nobody down.</summary>
    public int SlowAfter { get; init; } = 3;

    /// <summary>The same for one client address, behind which there may be a web page with many users.</summary>
    public int SlowClientAfter { get; init; } = 100;

    /// <summary>From then on, the pause before the next attempt; doubled with each further wrong password.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After so long without a failure a user or client begins anew.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Users and clients remembered, each; above it those whose failure is longest ago are forgotten.</summary>
    public int MaxTracked { get; init; } = 10_000;
}
