using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>The first two promises, for whatever may happen.</summary>
public sealed class ScheduleTests
{
    private static readonly CacheSettings Cache = new()
    {
        Exists = TimeSpan.FromSeconds(10),
        Absent = TimeSpan.FromSeconds(3),
        StaleFor = TimeSpan.FromSeconds(30),
        MaxExists = 3,
        MaxAbsent = 2,
    };

    [Fact]
    public void Whatever_happens_nobody_who_exists_is_rejected_and_no_lookup_is_late()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(600);
        Check.One(config, Prop.ForAll(Schedule.Any, static schedule => Play(schedule)));
    }

    private static void Play(Schedule schedule)
    {
        ScriptedStore? store = null;
        using var world = World.Of(schedule.Directories, schedule.Servers, second: time => new SecondLevel(store = new ScriptedStore(time)), change: model => model with
        {
            Cache = Cache,
            Resilience = model.Resilience.ToImmutableDictionary(
                static pair => pair.Key, pair => pair.Value with { Timeout = TimeSpan.FromSeconds(schedule.Timeout) }),
        });
        ScriptedServer[] servers = [.. world.Directories.SelectMany(static directory => directory.All)];
        foreach (var (server, number) in servers.Select(static (server, number) => (server, number)))
            Turn(server, number / schedule.Servers, schedule.Directories, Health.Well);

        var lookups = new List<Task>();
        foreach (var step in schedule.Steps)
        {
            switch (step)
            {
                case Step.Ask ask:
                    lookups.Add(LookUpAsync(world, Cast.People[ask.Person]));
                    break;
                case Step.Pass pass:
                    world.Advance(TimeSpan.FromMilliseconds(pass.Milliseconds));
                    break;
                case Step.Turn turn:
                    Turn(servers[turn.Server], turn.Server / schedule.Servers, schedule.Directories, turn.Into);
                    break;
                case Step.Forget:
                    world.Resolver.Cache.Exists.Clear();
                    world.Resolver.Cache.Absent.Clear();
                    break;
                case Step.TurnStore turn:
                    Turn(store!, turn.Into);
                    break;
                case Step.Restart:
                    world.Restart();
                    break;
                case Step.Flush flush:
                    world.Finish(world.Resolver.FlushAsync(new FlushScope.OfAddress(Mail.Of(Cast.People[flush.Person].Address)), default).AsTask());
                    break;
                case Step.Isolate isolate:
                    world.Finish(world.Resolver.IsolateAsync(DirectoryOf(isolate.Server), servers[isolate.Server].Name, default).AsTask());
                    break;
                case Step.Close close:
                    world.Finish(world.Resolver.CloseAsync(DirectoryOf(close.Server), servers[close.Server].Name, default).AsTask());
                    break;
            }

            CheckMemory(world);
        }

        world.Advance(5);
        foreach (var lookup in lookups)
        {
            Assert.True(lookup.IsCompleted, "a lookup is late");
            lookup.GetAwaiter().GetResult();
        }

        CheckThatAllIsWellAgain(world, schedule, servers);

        string DirectoryOf(int server) => world.Directories[server / schedule.Servers].Name;
    }

    private static async Task LookUpAsync(World world, Cast person)
    {
        var began = world.Time.Elapsed;
        var verdict = await world.Resolver.ResolveAsync(new LookupRequest(Mail.Of(person.Address)), default);
        var took = world.Time.Elapsed - began;
        Assert.True(took <= world.Deadline, $"{person.Address} took {took}");
        var impossible = person.IsHeld(world.Directories.Length) ? VerdictKind.Invalid : VerdictKind.Valid;
        Assert.True(verdict.Kind != impossible, $"{person.Address} is {verdict.Kind}: {string.Join("; ", verdict.Evidence)}");
        Assert.NotEqual(VerdictKind.NotOurs, verdict.Kind);
    }

    private static void CheckMemory(World world)
    {
        Assert.True(world.Resolver.Cache.Exists.Count <= Cache.MaxExists + 1);
        Assert.True(world.Resolver.Cache.Absent.Count <= Cache.MaxAbsent + 1);
        foreach (var person in Cast.People)
        {
            var sheet = world.Resolver.Cache.Find($"shared\n{person.Mailbox}");
            for (var i = 0; i < sheet?.Slots.Length; i++)
            {
                var held = person.HeldBy(i, world.Directories.Length);
                var answer = sheet.Slots[i].Answer;
                Assert.True(answer is null || (held ? answer is Answer.Exists : answer is Answer.Absent), $"{person.Mailbox}: d{i} never said {answer}");
            }
        }
    }

    private static void CheckThatAllIsWellAgain(World world, Schedule schedule, ScriptedServer[] servers)
    {
        for (var i = 0; i < servers.Length; i++)
            Turn(servers[i], i / schedule.Servers, schedule.Directories, Health.Well);
        foreach (var directory in world.Directories)
        {
            foreach (var server in directory.All)
            {
                if (world.Resolver.Current.Single(d => d.Name == directory.Name).Servers.Single(s => s.Name == server.Name).Breaker == Core.Health.BreakerState.Isolated)
                    world.Finish(world.Resolver.CloseAsync(directory.Name, server.Name, default).AsTask());
            }
        }

        // The longest break there is, and the longest time for which an answer is fresh.
        world.Advance(60);
        foreach (var person in Cast.People)
        {
            var verdict = world.Ask(person.Address);
            var expected = person.IsHeld(schedule.Directories) ? VerdictKind.Valid : VerdictKind.Invalid;
            Assert.True(verdict.Kind == expected, $"{person.Address} is {verdict.Kind} ({verdict.Reason}) although all is well: {string.Join("; ", verdict.Evidence)}");
        }
    }

    private static void Turn(ScriptedStore store, StoreState into)
    {
        store.CanBeRead = into != StoreState.Away;
        store.Keeps = into is not (StoreState.Forgetful or StoreState.Away);
        store.Forgets = store.Keeps;
        store.Throws = into == StoreState.Buggy;
        store.Delay = into switch
        {
            StoreState.Slow => TimeSpan.FromMilliseconds(50),
            StoreState.TooSlow => TimeSpan.FromMilliseconds(400),
            StoreState.Hung => null,
            _ => TimeSpan.Zero,
        };
        store.Finds = into switch
        {
            StoreState.Damaged => static _ => null,
            StoreState.Old => static sheets => sheets[0],
            StoreState.Ahead => static sheets => Shifted(sheets[^1], 5),
            StoreState.Behind => static sheets => Shifted(sheets[^1], -5),
            _ => static sheets => sheets[^1],
        };
    }

    private static StoredSheet Shifted(StoredSheet sheet, double seconds) =>
        sheet with { Answers = [.. sheet.Answers.Select(answer => answer with { GivenAt = answer.GivenAt.AddSeconds(seconds) })] };

    private static void Turn(ScriptedServer server, int directory, int of, Health into)
    {
        server.IgnoresToken = into == Health.Hung && directory == 1;
        server.Delay = into switch
        {
            Health.Slow => TimeSpan.FromMilliseconds(350),
            Health.VerySlow => TimeSpan.FromMilliseconds(1900),
            Health.Hung => null,
            _ => TimeSpan.Zero,
        };
        server.Says = address => into switch
        {
            Health.Dead => new Answer.Unknown(UnknownReason.Unreachable, "refused"),
            Health.Refusing => new Answer.Unknown(UnknownReason.Busy, "busy"),
            Health.Referring when !Has(address) => new Answer.Unknown(UnknownReason.Referral, "elsewhere"),
            Health.Buggy => throw new InvalidOperationException("a bug"),
            Health.Mute => null!,
            _ => Has(address) ? ScriptedServer.Exists(server.Name) : Answer.No,
        };

        bool Has(Address address) => Cast.People.Any(person => person.Mailbox == address.Text && person.HeldBy(directory, of));
    }
}
