using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>Something that happens to fabrikam, and its repair.</summary>
internal sealed record DirectoryFault(Func<TwoDirectories, Task> BreakAsync, Func<TwoDirectories, Task> RepairAsync)
{
    /// <summary>The directory is started anew with something amiss, and then as it was.</summary>
    public static DirectoryFault Restarted(Func<SlapdOptions, SlapdOptions> amiss) =>
        new(lab => lab.Fabrikam.RestartAsync(amiss), static lab => lab.Fabrikam.RestartAsync(static whole => whole));

    /// <summary>Another program has taken its ports.</summary>
    public static DirectoryFault ReplacedBy(Func<int, Impostor> impostor)
    {
        Impostor? there = null;
        return new DirectoryFault(
            async lab =>
            {
                await lab.Fabrikam.ShutDownAsync();
                there = impostor(lab.Fabrikam.TlsPort);
            },
            async lab =>
            {
                await there!.DisposeAsync();
                await lab.Fabrikam.RestartAsync();
            });
    }
}
