using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Slapd;

[assembly: AssemblyFixture(typeof(GatewayDirectories))]

namespace LookupProxy.SystemTests.Gateways;

/// <summary>
/// The directories that all gateways are tested with: contoso and fabrikam share corp.example; one that is shut down shares stopped.example with contoso,
/// one that hangs shares hanging.example. No test changes them. Started for the first that asks.
/// </summary>
public sealed class GatewayDirectories : IAsyncDisposable
{
    /// <summary>Exists, and is full of what filters escape.</summary>
    public const string Asterisk = "st*r@corp.example";

    private readonly Lock _lock = new();
    private readonly List<OpenLdap> _started = [];
    private Task? _start;

    internal OpenLdap Contoso { get; private set; } = null!;

    internal OpenLdap Fabrikam { get; private set; } = null!;

    internal OpenLdap Stopped { get; private set; } = null!;

    internal OpenLdap Hanging { get; private set; } = null!;

    /// <summary>LookupProxy's own, as an LDAP server.</summary>
    internal ServerCertificate Certificate { get; } = TestAuthority.Trusted.Issue(IPAddress.Loopback);

    internal Task StartedAsync()
    {
        lock (_lock)
            return _start ??= StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_start is not null)
            await _start.ContinueWith(static _ => { }, TaskScheduler.Default);
        foreach (var directory in _started)
            await directory.DisposeAsync();
    }

    private async Task StartAsync()
    {
        Contoso = await StartAsync("contoso", [.. Numbered("contoso"), "both@corp.example", "here@stopped.example", "there@hanging.example"]);
        Fabrikam = await StartAsync("fabrikam", [.. Numbered("fabrikam"), "both@corp.example", Asterisk, "o'neil/x=y#1@corp.example"]);
        Stopped = await StartAsync("stopped", ["away@stopped.example"]);
        await Stopped.ShutDownAsync();
        Hanging = await StartAsync("hanging", ["away@hanging.example"]);
        Hanging.Suspend();
    }

    private async Task<OpenLdap> StartAsync(string name, string[] addresses)
    {
        var suffix = $"dc={name},dc=example";
        var directory = await OpenLdap.StartAsync(new SlapdOptions { Suffix = suffix, Ldif = People.LdifWithUnit(suffix, addresses) });
        _started.Add(directory);
        return directory;
    }

    private static IEnumerable<string> Numbered(string name) => Enumerable.Range(1, 9).Select(number => $"{name}{number}@corp.example");
}
