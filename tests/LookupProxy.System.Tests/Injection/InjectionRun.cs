using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Injection;

/// <summary>Faults, one after the other, while the nodes are under load.</summary>
internal sealed class InjectionRun(InjectionLab lab, InjectionPace pace, int seed, TimeProvider time, Action<string> progress)
{
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(40);

    private readonly List<Phase> _phases = [];
    private volatile Mix _mix = Mix.Calm;

    /// <param name="faults">Done in an order that the seed gives, again and again until there are <paramref name="lookups"/>; each at least once.</param>
    public async Task<InjectionReport> RunAsync(IReadOnlyList<InjectedFault> faults, long lookups)
    {
        await SeeEarlyPeopleAsync();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, pace.Clients)
            .Select(i => new LoadClient(lab.Nodes, i % lab.Nodes.Count, lab.People, unchecked((seed * 1000) + i), time))
            .ToList();
        var load = clients.Select(client => Task.Run(() => client.RunAsync(() => _mix, stop.Token))).ToArray();
        await Task.Delay(pace.WarmUp, time);
        var calmFrom = time.GetTimestamp();
        await Task.Delay(pace.Calm, time);
        var calmUntil = time.GetTimestamp();
        try
        {
            var random = new Random(seed);
            do
            {
                foreach (var fault in faults.OrderBy(_ => random.Next()).ToList())
                {
                    await InjectAsync(fault);
                    progress($"{clients.Sum(static client => (long)client.Count),9} lookups; {fault.Name}: recovered in {_phases[^1].RecoveredIn.TotalSeconds:0.00} s");
                }
            }
            while (clients.Sum(static client => (long)client.Count) < lookups);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        return new InjectionReport([.. clients.SelectMany(static client => client.Asked)], _phases, calmFrom, calmUntil, time);
    }

    private async Task SeeEarlyPeopleAsync()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, lab.Nodes.Count), async (node, _) =>
        {
            await using var client = await lab.Nodes[node].ConnectPolicyAsync();
            foreach (var holder in Population.Directories)
            {
                for (var number = 0; number < lab.People.Early; number++)
                {
                    // A node that has just started may still be connecting.
                    var address = Population.Address(holder, number);
                    await Eventually.TrueAsync(async () => await client.AskAsync(address) == "DUNNO", RecoveryPatience, () => $"{address} is accepted\n{lab.Nodes[node].Log.Tail(40)}");
                    lab.People.Saw(node, holder, number);
                }
            }
        });
    }

    private async Task InjectAsync(InjectedFault fault)
    {
        _mix = new Mix(fault.Target);
        var broken = time.GetTimestamp();
        await fault.BreakAsync(lab);
        await Task.Delay(pace.Settle, time);
        var settled = time.GetTimestamp();
        await Task.Delay(pace.Hold, time);
        var repairing = time.GetTimestamp();
        await fault.RepairAsync(lab);
        var recovered = await AwaitRecoveryAsync(fault.Target);
        _mix = Mix.Calm;
        await Task.Delay(pace.Rest, time);
        _phases.Add(new Phase(fault, broken, settled, repairing, time.GetTimestamp(), recovered));
    }

    /// <summary>Until each node accepts one of the target's people whom no node has seen.</summary>
    private async Task<TimeSpan> AwaitRecoveryAsync(Holder? target)
    {
        if (target is not { } holder)
            return TimeSpan.Zero;
        var random = new Random(seed);
        var times = await Task.WhenAll(Enumerable.Range(0, lab.Nodes.Count).Select(async node =>
        {
            var number = lab.People.PickUnseen(holder, random);
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
