using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>Something that happens to fabrikam, and its repair.</summary>
/// <param name="Told">What operators are told of it, in words that match this expression.</param>
internal sealed record DirectoryFault(string Told, Func<TwoDirectories, Task> BreakAsync, Func<TwoDirectories, Task> RepairAsync)
{
    /// <summary>The directory is started anew with something amiss, and then as it was.</summary>
    public static DirectoryFault Restarted(string told, Func<SlapdOptions, SlapdOptions> amiss) =>
        new(told, lab => lab.Fabrikam.RestartAsync(amiss), static lab => lab.Fabrikam.RestartAsync(static whole => whole));

    /// <summary>Another program has taken its ports.</summary>
    public static DirectoryFault ReplacedBy(string told, Func<int, Impostor> impostor)
    {
        Impostor? there = null;
        return new DirectoryFault(
            told,
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
