using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Injection;

/// <summary>Faults, one after the other, while the nodes are under load.</summary>
internal sealed class InjectionRun(InjectionLab lab, InjectionPlan plan, InjectionPace pace, TimeProvider time, Action<string> progress)
{
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(40);

    private readonly List<Phase> _phases = [];
    private readonly List<CalmSpell> _calm = [];
    private volatile Mix _mix = Mix.Calm;

    public async Task<InjectionReport> RunAsync()
    {
        await SeeEarlyPeopleAsync();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, pace.Clients)
            .Select(i => new LoadClient(lab.Nodes, i % lab.Nodes.Count, lab.People, unchecked((plan.Seed * 1000) + i), TimeSpan.FromSeconds(1.0 / pace.PerClient), time))
            .ToList();
        var load = clients.Select(client => Task.Run(() => client.RunAsync(() => _mix, stop.Token))).ToArray();
        try
        {
            await Task.Delay(pace.WarmUp, time);
            await WatchCalmAsync();
            foreach (var round in plan.Rounds)
            {
                foreach (var turn in round)
                {
                    await InjectAsync(turn);
                    progress($"{clients.Sum(static client => (long)client.Count),9} lookups; {turn.Fault.Name}: recovered in {_phases[^1].RecoveredIn.TotalSeconds:0.00} s");
                }

                if (clients.Sum(static client => (long)client.Count) >= plan.Lookups)
                    break;
            }

            await WatchCalmAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        return new InjectionReport(plan.Seed, [.. clients.SelectMany(static client => client.Asked)], _phases, _calm, time);
    }

    private async Task SeeEarlyPeopleAsync()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, lab.Nodes.Count), async (node, _) =>
        {
            await using var client = await lab.Nodes[node].ConnectPolicyAsync();
            foreach (var holder in Population.Directories)
            {
                for (var number = 0; number < Population.Early; number++)
                {
                    // A node that has just started may still be connecting.
                    var address = Population.Address(holder, number);
                    await Eventually.TrueAsync(async () => await client.AskAsync(address) == "DUNNO", RecoveryPatience, () => $"{address} is accepted\n{lab.Nodes[node].Log.Tail(40)}");
                    lab.People.Saw(node, holder, number);
                }
            }
        });
    }

    /// <summary>Before the faults and after them: programs that have just started are slower.</summary>
    private async Task WatchCalmAsync()
    {
        var from = time.GetTimestamp();
        await Task.Delay(pace.Calm, time);
        _calm.Add(new CalmSpell(from, time.GetTimestamp()));
    }

    private async Task InjectAsync(InjectionTurn turn)
    {
        var fault = turn.Fault;
        _mix = new Mix(turn.Breaking(lab.People, time));
        var broken = time.GetTimestamp();
        await fault.BreakAsync(lab);
        await Task.Delay(pace.Settle, time);
        var settled = time.GetTimestamp();
        _mix = new Mix(turn.Holding(lab.People, time));
        await Task.Delay(pace.Hold, time);
        var repairing = time.GetTimestamp();
        _mix = new Mix(turn.Repairing(lab.People, time));
        await fault.RepairAsync(lab);
        var recovered = fault.Target is { } holder ? await AwaitRecoveryAsync(turn, holder) : TimeSpan.Zero;
        _mix = Mix.Calm;
        await Task.Delay(pace.Rest, time);
        _phases.Add(new Phase(fault, broken, settled, repairing, time.GetTimestamp(), recovered));
    }

    /// <summary>Until each node accepts one of the target's people whom nobody has asked for.</summary>
    private async Task<TimeSpan> AwaitRecoveryAsync(InjectionTurn turn, Holder holder)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, lab.Nodes.Count).Select(async node =>
        {
            var number = turn.Recovering(node);
            var took = await Eventually.TrueAsync(
                async () => Outcomes.Of(await lab.Nodes[node].AskPolicyAsync(Population.Address(holder, number))) == Outcome.Accepted,
                RecoveryPatience,
                () => $"{holder} is asked again\n{lab.Nodes[node].Log.Tail(40)}");
            lab.People.Saw(node, holder, number);
            return took;
        }));
        return times.Max();
    }
}
