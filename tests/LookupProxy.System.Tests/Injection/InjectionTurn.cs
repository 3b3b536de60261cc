namespace LookupProxy.SystemTests.Injection;

/// <summary>One fault's turn, and the target's people whom nobody asks for before it: some for each of its three stages, and one for each node to recover with.</summary>
/// <param name="First">Number of the first of them.</param>
internal sealed record InjectionTurn(InjectedFault Fault, int First)
{
    /// <summary>For each stage.</summary>
    private const int Share = 12;

    public const int Kept = (3 * Share) + InjectionPlan.Nodes;

    /// <summary>Asked for while it is made and circuits open.</summary>
    public Newcomers? Breaking(Population people, TimeProvider time) => Stage(0, people, time);

    /// <summary>While it lasts.</summary>
    public Newcomers? Holding(Population people, TimeProvider time) => Stage(1, people, time);

    /// <summary>While it is repaired.</summary>
    public Newcomers? Repairing(Population people, TimeProvider time) => Stage(2, people, time);

    /// <summary>No load asks for this one: when a node accepts him, it has asked the directory.</summary>
    public int Recovering(int node) => First + (3 * Share) + node;

    private Newcomers? Stage(int stage, Population people, TimeProvider time) =>
        Fault.Target is { } holder ? new Newcomers(people, holder, First + (stage * Share), Share, time) : null;
}
