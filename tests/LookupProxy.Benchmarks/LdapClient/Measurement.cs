using System.Diagnostics;
using System.Globalization;

namespace LookupProxy.Benchmarks.LdapClient;

/// <param name="Threads">Most that the process had at a time.</param>
internal sealed record Measurement(double SearchesPerSecond, double CpuMicroseconds, double AllocatedBytes, int Threads)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(100);

    public static async Task<Measurement> TakeAsync(IContestant contestant, ComparisonOptions options)
    {
        var tally = new SearchTally(options.Entries);
        using var stop = new CancellationTokenSource();
        var run = contestant.RunAsync(options.Outstanding[0], tally, stop.Token);
        await Task.WhenAny(run, Task.Delay(WarmUp, TimeProvider.System));

        using var process = Process.GetCurrentProcess();
        var (done, cpu, bytes, began) = (tally.Done, process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), TimeProvider.System.GetTimestamp());
        var threads = 0;
        while (TimeProvider.System.GetElapsedTime(began) < options.Time && !run.IsCompleted)
        {
            await Task.Delay(Sampling, TimeProvider.System);
            process.Refresh();
            threads = Math.Max(threads, process.Threads.Count);
        }

        var count = tally.Done - done;
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        process.Refresh();
        var measured = new Measurement(
            count / elapsed.TotalSeconds,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / count,
            (GC.GetTotalAllocatedBytes() - bytes) / (double)count,
            threads);
        await stop.CancelAsync();
        await run;
        return measured;
    }

    public static Measurement Parse(string line)
    {
        var parts = line.Split(' ');
        return new Measurement(Number(parts[0]), Number(parts[1]), Number(parts[2]), (int)Number(parts[3]));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{SearchesPerSecond} {CpuMicroseconds} {AllocatedBytes} {Threads}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
