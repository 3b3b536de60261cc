using LookupProxy.Core.Addresses;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Benchmarks.Snapshots;

/// <summary>
/// A local copy of many recipients, once: octets for each, time to build, write and load, look-ups a second, time to work in changes.
/// `snapshots [recipients]`, plain and hashed, one address each and its primary address.
/// </summary>
internal static class CopyMeasurement
{
    private const int Asked = 1 << 16;
    private const int Page = 1000;

    public static void Run(string[] arguments)
    {
        var recipients = arguments.Length > 0 ? int.Parse(arguments[0]) : 10_000_000;
        foreach (var isHashed in new[] { false, true })
            Measure(recipients, isHashed);
    }

    private static void Measure(int recipients, bool isHashed)
    {
        var path = Path.Combine(Path.GetTempPath(), $"lookupproxy-bench-{Environment.ProcessId}.snapshot");
        var settings = new SnapshotSettings { IsHashed = isHashed, Path = path };
        var file = new CopyFile(path, settings);
        try
        {
            var before = Memory();
            var (copy, build) = Time(() => Build(recipients, settings));
            var octets = (double)(Memory() - before);
            Console.WriteLine($"{(isHashed ? "hashed" : "plain")}: {recipients} recipients of {Text(recipients - 1).Length} letters");
            Console.WriteLine($"  memory      {octets / recipients:F1} octets a recipient ({octets / 1e6:F0} MB; {copy.Octets / 1e6:F0} MB counted)");
            Console.WriteLine($"  build       {build.TotalSeconds:F1} s");
            var (_, write) = Time(() => Do(() => file.Write(copy)));
            Console.WriteLine($"  write       {write.TotalSeconds:F1} s, {new FileInfo(path).Length / 1e6:F0} MB, {(double)new FileInfo(path).Length / recipients:F1} octets a recipient");
            var (changed, change) = Time(() => Change(copy, settings));
            Console.WriteLine($"  1000 changes worked in {change.TotalMilliseconds:F0} ms, {changed.Recipients} recipients");
            var (lost, compare) = Time(() => copy.CountLost(changed));
            Console.WriteLine($"  compared    {compare.TotalSeconds:F1} s, {lost} lost");
            copy = changed = null!;
            Memory();
            var (loaded, load) = Time(() => file.Read()!);
            Console.WriteLine($"  load        {load.TotalSeconds:F1} s");
            LookUp(loaded, recipients, threads: 1);
            LookUp(loaded, recipients, threads: Environment.ProcessorCount);
        }
        finally
        {
            file.Delete();
        }
    }

    private static RecipientCopy Build(int recipients, SnapshotSettings settings)
    {
        var reading = new CopyOfAll(CopyKeys.Create(settings.IsHashed, caseSensitive: false), settings, recipients);
        ListingBatch? last = null;
        for (var at = 0; at < recipients; at += Page)
            reading.Add(last = new ListingBatch(true, [.. Enumerable.Range(at, Math.Min(Page, recipients - at)).Select(Person)], [], null));
        return reading.Finish(last!, DateTimeOffset.UnixEpoch);
    }

    private static RecipientCopy Change(RecipientCopy copy, SnapshotSettings settings)
    {
        var reading = new CopyOfChanges(copy, settings);
        var batch = new ListingBatch(false, [.. Enumerable.Range(0, 900).Select(Person)], [.. Enumerable.Range(900, 100).Select(Id)], null);
        reading.Add(batch);
        return reading.Finish(batch, DateTimeOffset.UnixEpoch);
    }

    private static void LookUp(RecipientCopy copy, int recipients, int threads)
    {
        foreach (var there in new[] { true, false })
        {
            Address[] asked = [.. Enumerable.Range(0, Asked).Select(i => Mail.Of(there ? Text((int)((long)i * 7_919_317 % recipients)) : $"nobody{i}@corp.example"))];
            const int each = 400_000;
            var found = 0;
            var began = TimeProvider.System.GetTimestamp();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            {
                var mine = 0;
                for (var i = 0; i < each; i++)
                    mine += copy.Find(asked[(i + (thread * 977)) & (Asked - 1)], "bench") is null ? 0 : 1;
                Interlocked.Add(ref found, mine);
            });
            var took = TimeProvider.System.GetElapsedTime(began);
            if (found != (there ? each * threads : 0))
                throw new InvalidOperationException("the copy is wrong");
            Console.WriteLine($"  look-ups    {each * (double)threads / took.TotalSeconds / 1e6:F2} million/s of who is {(there ? "there" : "not there")}, {threads} thread{(threads == 1 ? "" : "s")}");
        }
    }

    private static ListedRecipient Person(int i)
    {
        var text = Text(i);
        return new ListedRecipient(Id(i), [Mail.Of(text)], new Recipient { Directory = "bench", PrimaryAddress = text });
    }

    private static string Id(int i) => $"00000000-0000-0000-0000-{i:D12}";

    private static string Text(int i) => $"Given.Name{i:D8}@corp.example";

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static (T Result, TimeSpan Took) Time<T>(Func<T> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = work();
        return (result, TimeProvider.System.GetElapsedTime(began));
    }

    private static bool Do(Action work)
    {
        work();
        return true;
    }
}
