using System.Globalization;

namespace LookupProxy.SystemTests.Hostile;

/// <summary>Runs something unfriendly and says what it did to the process and to the others.</summary>
internal static class Attack
{
    /// <summary>Of the whole process. The runtime takes some 100 MiB, and what is asked is remembered.</summary>
    private const long MaxResident = 300L * 1024 * 1024;

    private static readonly TimeSpan MaxMedian = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxNinetyNine = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxConnection = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(HostileLab lab, string name, Func<Task> attackAsync)
    {
        var processor = Processor(lab.Proxy.ProcessId);
        var memory = new ResidentMemory(lab.Proxy.ProcessId);
        using var bystander = Bystander.Start(lab.Proxy.LdapPort);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            await attackAsync();
        }
        finally
        {
            await memory.DisposeAsync();
            bystander.Stop();
        }

        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s, {(Processor(lab.Proxy.ProcessId) - processor).TotalSeconds:0.0} s of processor: {ResidentMemory.Text(memory.Before)} before, {ResidentMemory.Text(memory.Peak)} at most. Others: {bystander}");
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(memory.Peak < MaxResident, report);
        Assert.True(bystander.Median < MaxMedian && bystander.NinetyNine < MaxNinetyNine && bystander.SlowestConnection < MaxConnection, report);
    }

    private static TimeSpan Processor(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }
}
