using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>The schedules' promises on real threads and real time, where orders occur that one thread can't play.</summary>
public sealed class ThreadsTests
{
    private const int Lookups = 40_000;

    /// <summary>Of each verdict, or nothing was tried.</summary>
    private const int Enough = 100;

    /// <summary>A directory that failed at the wrong moment is not believed for a second: then it takes longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly VerdictKind[] Kinds = [VerdictKind.Valid, VerdictKind.Invalid, VerdictKind.Unknown];

    [Fact]
    public async Task Many_threads_and_directories_that_fail_at_random_give_no_false_verdict()
    {
        ScriptedDirectory[] directories = [.. Enumerable.Range(0, 3).Select(static d => new ScriptedDirectory($"d{d}", Fickle(d, 2 * d), Fickle(d, (2 * d) + 1)))];
        var model = World.Model(directories) with
        {
            Cache = new CacheSettings
            {
                Exists = TimeSpan.FromMilliseconds(30),
                Absent = TimeSpan.FromMilliseconds(10),
                StaleFor = TimeSpan.FromMilliseconds(50),
                MaxExists = 100,
                MaxAbsent = 100,
            },
            Resilience = directories.ToImmutableDictionary(static d => d.Name, static _ => new ResilienceSettings
            {
                HedgeAfter = TimeSpan.FromMilliseconds(2),
                ProbeEvery = TimeSpan.FromMilliseconds(5),
                MaxOutstanding = 8,
                QueueLimit = 8,
                Breaker = new BreakerSettings { BreakFor = TimeSpan.FromMilliseconds(10), MaxBreakFor = TimeSpan.FromMilliseconds(20) },
            }),
        };
        await using var resolver = Resolver.Create(model, directories, NullLoggerFactory.Instance, TimeProvider.System, 1);
        var seen = new int[4];
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            var chance = new Random(thread);
            for (var i = 0; i < Lookups / 4 || (!HaveAllOccurred() && TimeProvider.System.GetElapsedTime(began) < Longest); i++)
            {
                var number = chance.Next(400);
                var verdict = await resolver.ResolveAsync(new LookupRequest(Mail.Of($"p{number}@corp.example")), default);
                Assert.True(verdict.Kind != (number % 4 == 3 ? VerdictKind.Valid : VerdictKind.Invalid), $"p{number} is {verdict.Kind}: {string.Join("; ", verdict.Evidence)}");
                Interlocked.Increment(ref seen[(int)verdict.Kind]);
            }
        })));

        Assert.All(Kinds, kind => Assert.True(seen[(int)kind] > Enough, $"{kind}: {seen[(int)kind]}"));

        bool HaveAllOccurred() => Array.TrueForAll(Kinds, kind => Volatile.Read(ref seen[(int)kind]) > Enough);
    }

    /// <summary>Person n lives in directory n mod 4; of every fourth nobody knows.</summary>
    private static ScriptedServer Fickle(int directory, int seed)
    {
        var chance = new Resolution.Caching.Chance(seed);
        var server = new ScriptedServer($"d{directory}s{seed}", TimeProvider.System);
        server.ProbeScript = _ => new(chance.Next() < 0.3 ? new Answer.Unknown(UnknownReason.Unreachable, "refused") : null);
        server.Script = async (address, cancellationToken) =>
        {
            var luck = chance.Next();
            if (luck < 0.2)
                await Task.Yield();
            else if (luck < 0.22)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            if (luck is > 0.5 and < 0.54)
                return new Answer.Unknown(UnknownReason.ConnectionLost, "reset");
            if (luck is > 0.6 and < 0.61)
                throw new InvalidOperationException("a bug");
            if (luck is > 0.7 and < 0.75)
                return new Answer.Unknown(UnknownReason.Referral, "elsewhere");
            var number = int.Parse(address.LocalPart[1..]);
            return number % 4 == directory ? ScriptedServer.Exists(server.Name) : Answer.No;
        };
        return server;
    }
}
