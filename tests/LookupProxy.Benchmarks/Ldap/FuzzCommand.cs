using System.Globalization;
using LookupProxy.TestKit.Fuzzing;

namespace LookupProxy.Benchmarks.Ldap;

/// <summary>
/// <c>fuzz [--count 10000000] [--seed 1]</c>: mutations of the captured LDAP messages, four at a time. Ends with 1 and the bytes if the codec breaks a promise.
/// </summary>
internal static class FuzzCommand
{
    /// <summary>The same on every machine, as each has a seed of its own: the mutations are too.</summary>
    private const int Workers = 4;

    public static int Run(IReadOnlyList<string> args)
    {
        var count = Option(args, "--count", 10_000_000);
        var seed = Option(args, "--seed", 1);
        var corpus = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Captures"), "*.ber").Order(StringComparer.Ordinal).SelectMany(LdapPdus.Split).ToArray();
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var reports = new FuzzReport[Workers];
            Parallel.For(0, Workers, worker =>
            {
                var part = (count / Workers) + ((ulong)worker < count % Workers ? 1UL : 0);
                reports[worker] = new LdapFuzzer(corpus, (seed * 1000) + (ulong)worker).Run(part);
            });
            var took = TimeProvider.System.GetElapsedTime(started);
            Console.WriteLine(
                $"{count} mutations of {corpus.Length} messages in {took.TotalSeconds:F1} s: {reports.Sum(r => r.Done)} read, {reports.Sum(r => r.Faults)} refused, "
                + $"{reports.Sum(r => r.NeedMore)} incomplete, {reports.Sum(r => r.Agreed)} read alike by a second decoder; "
                + $"at most {reports.Max(r => r.WorstAmplification):F1} octets allocated for one; no promise broken");
            return 0;
        }
        catch (AggregateException e)
        {
            foreach (var broken in e.InnerExceptions)
                Console.Error.WriteLine(broken);
            return 1;
        }
    }

    private static ulong Option(IReadOnlyList<string> args, string name, ulong absent)
    {
        for (var i = 0; i + 1 < args.Count; i++)
        {
            if (args[i] == name)
                return ulong.Parse(args[i + 1], CultureInfo.InvariantCulture);
        }

        return absent;
    }
}
