using System.Diagnostics;

namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>
/// `ldap-client --url ldap://127.0.0.1:1389 --bind DN --password PW`: our client beside System.DirectoryServices.Protocols on the same server.
/// Each measurement has a process of its own; the contestants take turns within a round, and the medians of the rounds are shown.
/// </summary>
internal static class ClientComparison
{
    private static readonly (string Name, Func<ComparisonOptions, IContestant> Make)[] Contestants =
    [
        ("own", options => new OwnClient(options)),
        ("sdsp-async", options => new ProtocolsAsynchronous(options)),
        ("sdsp-threads", options => new ProtocolsThreads(options)),
    ];

    public static async Task RunAsync(string[] args)
    {
        var options = ComparisonOptions.Parse(args);
        if (options.Contestant is { } name)
            await MeasureAsync(Array.Find(Contestants, contestant => contestant.Name == name).Make, options);
        else
            await CompareAsync(options);
    }

    private static async Task MeasureAsync(Func<ComparisonOptions, IContestant> make, ComparisonOptions options)
    {
        using var contestant = make(options);
        Console.WriteLine(await Measurement.TakeAsync(contestant, options));
    }

    private static async Task CompareAsync(ComparisonOptions options)
    {
        var all = new List<(string Name, int Outstanding, Measurement Measured)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var outstanding in options.Outstanding)
            {
                foreach (var (name, _) in Contestants)
                    all.Add((name, outstanding, await ChildAsync(options.ToArguments(name, outstanding))));
            }
        }

        Console.WriteLine("| outstanding | client | searches/s | range | CPU µs/search | bytes/search | threads |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var group in all.GroupBy(one => (one.Outstanding, one.Name)))
        {
            Measurement[] runs = [.. group.Select(one => one.Measured)];
            Console.WriteLine(
                $"| {group.Key.Outstanding} | {group.Key.Name} | {Median(runs, run => run.SearchesPerSecond):0} "
                + $"| {runs.Min(run => run.SearchesPerSecond):0}–{runs.Max(run => run.SearchesPerSecond):0} "
                + $"| {Median(runs, run => run.CpuMicroseconds):0.0} | {Median(runs, run => run.AllocatedBytes):0} | {Median(runs, run => run.Threads):0} |");
        }
    }

    private static async Task<Measurement> ChildAsync(string[] arguments)
    {
        using var child = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!, ["ldap-client", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false },
        };
        child.Start();
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? Measurement.Parse(output.Trim()) : throw new InvalidOperationException($"{string.Join(' ', arguments)} failed");
    }

    private static double Median(Measurement[] runs, Func<Measurement, double> value)
    {
        double[] sorted = [.. runs.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}
