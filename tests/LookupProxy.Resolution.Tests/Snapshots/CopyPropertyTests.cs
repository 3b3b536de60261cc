using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Snapshots;

/// <summary>Whatever is read, in whatever order, and however often reading fails: a copy holds what the directory held at the last reading, and no lookup sees anything else.</summary>
public sealed class CopyPropertyTests : IDisposable
{
    private const int People = 12;
    private const int Addresses = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("lookupproxy-copies").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_copy_holds_what_the_directory_held_at_the_last_reading()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(60);
        Check.One(config, Prop.ForAll(Arb.From(Generate(), Shrink), Play));
    }

    private void Play(Scenario scenario)
    {
        var settings = new SnapshotSettings
        {
            MaxShrink = 1,
            IsHashed = scenario.IsHashed,
            Path = Path.Combine(_folder, "copy"),
            FullEvery = TimeSpan.FromHours(scenario.FullEveryHours),
            Every = TimeSpan.FromMinutes(10),
        };
        File.Delete(settings.Path);
        using var world = CopyWorld.Of(settings, before: listing =>
        {
            listing.PageSize = scenario.PageSize;
            listing.TellsChanges = scenario.TellsChanges;
            listing.TellsWhoStayed = scenario.TellsWhoStayed;
            for (var i = 0; i < scenario.Crowd; i++)
                listing.Set($"crowd{i}", $"crowd{i}@corp.example");
        });
        var listing = world.Listing();
        var held = Held(listing);
        foreach (var step in scenario.Steps)
        {
            switch (step)
            {
                case { Kind: StepKind.Set }:
                    listing.Set($"p{step.Person}", [.. step.Addresses.Select(static a => $"a{a}@corp.example")]);
                    break;
                case { Kind: StepKind.Remove }:
                    listing.Remove($"p{step.Person}");
                    break;
                case { Kind: StepKind.Fail }:
                    listing.FailsAtPage = 0;
                    world.Advance(TimeSpan.FromMinutes(12));
                    listing.FailsAtPage = null;
                    break;
                case { Kind: StepKind.Read }:
                    world.Advance(TimeSpan.FromMinutes(12));
                    held = Held(listing);
                    break;
            }

            CheckCopy(world.Keeper().Copy!, held, scenario);
        }

        var onDisk = new CopyFile(settings.Path, settings).Read()!;
        new CopyFile(settings.Path + "2", settings).Write(world.Keeper().Copy!);
        CheckCopy(new CopyFile(settings.Path + "2", settings).Read()!, held, scenario);
        Assert.True(onDisk.Stamp.ReadAt <= world.Keeper().Copy!.Stamp.ReadAt);
    }

    private static void CheckCopy(RecipientCopy copy, Dictionary<string, HashSet<string>> held, Scenario scenario)
    {
        Assert.Equal(held.Count, copy.Recipients);
        for (var i = 0; i < Addresses; i++)
            Assert.Equal(held.Values.Any(addresses => addresses.Contains($"a{i}@corp.example")), copy.Find(Mail.Of($"A{i}@corp.example"), "d0") is not null);
        for (var i = 0; i < scenario.Crowd; i += 97)
            Assert.NotNull(copy.Find(Mail.Of($"crowd{i}@corp.example"), "d0"));
        Assert.Equal(scenario.IsHashed, copy.Find(Mail.Of("anna@corp.example"), "d0") is { PrimaryAddress: null });
    }

    private static Dictionary<string, HashSet<string>> Held(ScriptedListing listing) => listing.Everybody
        .Where(static person => person.Addresses.Length > 0)
        .ToDictionary(static person => person.Id, static person => person.Addresses.Select(static a => a.Text).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private static Gen<Scenario> Generate() =>
        from hashed in Gen.Elements(true, false)
        from tells in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from stayed in Gen.Frequency((1, Gen.Constant(true)), (2, Gen.Constant(false)))
        from page in Gen.Elements(1, 2, 1000)
        from crowd in Gen.Elements(0, 0, 1200)
        from hours in Gen.Elements(1, 24)
        from steps in Gen.Choose(5, 40).SelectMany(static count => AnyStep().ArrayOf(count))
        select new Scenario(hashed, tells, stayed, crowd > 0 ? 1000 : page, crowd, hours, steps);

    private static Gen<Step> AnyStep() =>
        from kind in Gen.Frequency((6, Gen.Constant(StepKind.Set)), (3, Gen.Constant(StepKind.Remove)), (4, Gen.Constant(StepKind.Read)), (1, Gen.Constant(StepKind.Fail)))
        from person in Gen.Choose(0, People - 1)
        from count in Gen.Choose(0, 3)
        from addresses in Gen.Choose(0, Addresses - 1).ArrayOf(count)
        select new Step(kind, person, addresses);

    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        for (var half = scenario.Steps.Length / 2; half > 0; half /= 2)
        {
            for (var at = 0; at + half <= scenario.Steps.Length; at += half)
                yield return scenario with { Steps = [.. scenario.Steps[..at], .. scenario.Steps[(at + half)..]] };
        }
    }

    private enum StepKind
    {
        Set,
        Remove,
        Read,
        Fail,
    }

    private sealed record Step(StepKind Kind, int Person, int[] Addresses)
    {
        public override string ToString() => $"{Kind} p{Person} [{string.Join(',', Addresses)}]";
    }

    private sealed record Scenario(bool IsHashed, bool TellsChanges, bool TellsWhoStayed, int PageSize, int Crowd, int FullEveryHours, Step[] Steps)
    {
        public override string ToString() =>
            $"hashed {IsHashed}, changes {TellsChanges}, stayed {TellsWhoStayed}, pages of {PageSize}, crowd {Crowd}, full every {FullEveryHours} h: {string.Join("; ", Steps.Select(static s => s.ToString()))}";
    }
}
