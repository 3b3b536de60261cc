using FsCheck;
using FsCheck.Fluent;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>A federation and what happens to it.</summary>
/// <param name="Timeout">Of a server, in seconds: also longer than the deadline.</param>
public sealed record Schedule(int Directories, int Servers, int Timeout, Step[] Steps)
{
    public static Arbitrary<Schedule> Any { get; } = Arb.From(Generate(), Shrink);

    public override string ToString() => $"{Directories} directories of {Servers} that may take {Timeout} s: {string.Join(", ", Steps.Select(static step => step.ToString()))}";

    private static Gen<Schedule> Generate() =>
        from directories in Gen.Choose(1, 3)
        from servers in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Constant(2)))
        from timeout in Gen.Elements(2, 2, 10)
        from steps in Gen.Choose(10, 60).SelectMany(count => AnyStep(directories * servers).ArrayOf(count))
        select new Schedule(directories, servers, timeout, steps);

    private static Gen<Step> AnyStep(int servers) => Gen.Frequency(
        (10, Gen.Choose(0, Cast.People.Length - 1).Select(static person => (Step)new Step.Ask(person))),
        (4, Gen.Choose(0, 3000).Select(static time => (Step)new Step.Pass(time))),
        (1, Gen.Choose(3000, 60_000).Select(static time => (Step)new Step.Pass(time))),
        (4, Gen.Choose(0, servers - 1).SelectMany(static server => Gen.Elements(Enum.GetValues<Health>()).Select(into => (Step)new Step.Turn(server, into)))),
        (2, Gen.Choose(0, servers - 1).Select(static server => (Step)new Step.Turn(server, Health.Well))),
        (1, Gen.Constant((Step)new Step.Forget())),
        (2, Gen.Elements(Enum.GetValues<StoreState>()).Select(static into => (Step)new Step.TurnStore(into))),
        (1, Gen.Constant((Step)new Step.TurnStore(StoreState.Well))),
        (2, Gen.Constant((Step)new Step.Restart())),
        (1, Gen.Choose(0, Cast.People.Length - 1).Select(static person => (Step)new Step.Flush(person))),
        (1, Gen.Choose(0, servers - 1).Select(static server => (Step)new Step.Isolate(server))),
        (1, Gen.Choose(0, servers - 1).Select(static server => (Step)new Step.Close(server))));

    private static IEnumerable<Schedule> Shrink(Schedule schedule)
    {
        for (var half = schedule.Steps.Length / 2; half > 0; half /= 2)
        {
            for (var at = 0; at + half <= schedule.Steps.Length; at += half)
                yield return schedule with { Steps = [.. schedule.Steps[..at], .. schedule.Steps[(at + half)..]] };
        }
    }
}
