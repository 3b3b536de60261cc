using LookupProxy.TestKit.Time;

namespace LookupProxy.SystemTests.Injection;

public sealed class InjectionSummaryTests
{
    private static readonly InjectedFault[] Faults =
    [
        Fault("ends every search in 51", Holder.Tailspin) with { Kind = "ends every search in one of # result codes" },
        Fault("a node is killed", null),
        Fault("ends every search in 80", Holder.Tailspin) with { Kind = "ends every search in one of # result codes" },
        Fault("answers late", Holder.Tailspin),
        Fault("slapd hangs", Holder.Contoso),
    ];

    [Fact]
    public void Faults_of_a_kind_are_one_row_with_their_sums_and_the_worst_of_each()
    {
        var lines = InjectionSummary.Of(Report()).ReplaceLineEndings("\n").Split('\n');

        Assert.Equal("20 lookups with seed 42: 0 false rejects, 0 false accepts, 1 seen before and not accepted, 0 strange; undisturbed p99 5.0 ms, 2.0 ms", lines[0]);
        Assert.Equal(
            [
                "| slapd hangs | 2 | 100.00 % | 1.0 |  | 1 | 100.00 % | 3.0 | none |  | 0.50 |",
                "| answers late | 2 | 100.00 % | 1.0 |  | 1 | none |  | 100.00 % | 1000.0 | 0.50 |",
                "| ends every search in one of 2 result codes | 12 | 50.00 % | 4.5 | 50.00 % | 3 | 50.00 % | 60.0 | 50.00 % | 2.5 | 2.50 |",
                "| a node is killed | 1 | 100.00 % | 4.0 |  |  |  |  |  |  |  |",
            ],
            lines.SkipWhile(static line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(static line => line.StartsWith('|')));
    }

    [Fact]
    public void Each_limit_is_kept_or_names_the_faults_that_broke_it()
    {
        Assert.Equal(
            [
                "- others' p99: at most 4.5 ms, twice the undisturbed 2.0 ms is 4.0 ms: NOT kept in: ends every search in 80 (4.5 ms)",
                "- deferral p99: at most 60.0 ms, the limit is 50.0 ms: NOT kept in: ends every search in 51 (60.0 ms)",
                "- recovery: at most 2500.0 ms, the limit is 2000.0 ms: NOT kept in: ends every search in 80 (2500.0 ms)",
            ],
            InjectionLimits.Of(Report()));
        Assert.All(InjectionLimits.Of(Report(turns: 3..)), static line => Assert.EndsWith(": kept", line, StringComparison.Ordinal));
    }

    /// <summary>Each fault has ten seconds: settled after three, repaired after six. The undisturbed times are before the first and after the last.</summary>
    private static InjectionReport Report(Range? turns = null)
    {
        Asked[] asked =
        [
            Question(-5, 5, Holder.Contoso, Outcome.Accepted),
            Question(-4, 400, Holder.Nobody, Outcome.Rejected),
            Question(55, 2, Holder.Contoso, Outcome.Accepted),

            // 51: two unseen people are deferred; what is asked before it has settled, or while it is repaired, makes no time.
            Question(1, 900, Holder.Contoso, Outcome.Accepted),
            Question(4, 2, Holder.Contoso, Outcome.Accepted),
            Question(4, 60, Holder.Tailspin, Outcome.Deferred, number: 1),
            Question(5, 1, Holder.Tailspin, Outcome.Deferred, number: 1),
            Question(5, 1, Holder.Tailspin, Outcome.Deferred, number: 2),
            Question(8, 800, Holder.Tailspin, Outcome.Accepted, number: 3),

            Question(14, 4, Holder.Tailspin, Outcome.Accepted),

            // 80: the unseen one is accepted once, another directory's is deferred, and somebody who was seen, too.
            Question(24, 4.5, Holder.Fabrikam, Outcome.Accepted),
            Question(24, 1, Holder.Contoso, Outcome.Deferred),
            Question(25, 2.5, Holder.Tailspin, Outcome.Accepted, number: 4),
            Question(25, 1, Holder.Tailspin, Outcome.Deferred, number: 4),

            Question(34, 1, Holder.Contoso, Outcome.Accepted),
            Question(34, 1000, Holder.Tailspin, Outcome.Accepted, number: 5),

            Question(44, 1, Holder.Fabrikam, Outcome.Accepted),
            Question(44, 3, Holder.Contoso, Outcome.Deferred, number: 6),

            Question(21, 1, Holder.Tailspin, Outcome.Accepted, number: 7, seen: true),
            Question(28, 1, Holder.Tailspin, Outcome.Deferred, number: 8, seen: true),
        ];
        var phases = Faults.Select(static (fault, i) => new Phase(fault, Stamp(10 * i), Stamp((10 * i) + 3), Stamp((10 * i) + 6), Stamp((10 * i) + 10), TimeSpan.FromSeconds(i == 2 ? 2.5 : 0.5)));
        return new InjectionReport(
            42, asked, [.. phases.ToArray()[turns ?? ..]], [new CalmSpell(Stamp(-10), Stamp(0)), new CalmSpell(Stamp(50), Stamp(60))], new ManualTimeProvider());
    }

    private static Asked Question(double at, double milliseconds, Holder holder, Outcome outcome, int number = 0, bool seen = false) =>
        new(Stamp(at), Stamp(at + (milliseconds / 1000)), TimeSpan.FromMilliseconds(milliseconds), holder, WasSeen: seen, WasNew: !seen && number > 0, outcome, number);

    private static long Stamp(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);

    private static InjectedFault Fault(string name, Holder? target) => new(name, target, Silences: true, static _ => Task.CompletedTask, static _ => Task.CompletedTask);
}
