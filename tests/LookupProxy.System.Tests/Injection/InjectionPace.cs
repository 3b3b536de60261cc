namespace LookupProxy.SystemTests.Injection;

/// <summary>How long each part of a run takes.</summary>
/// <param name="PerClient">Questions a second of each client at most: what is measured is the proxy, not how a full machine shares its time.</param>
/// <param name="Calm">Undisturbed, to compare with.</param>
/// <param name="Settle">From the beginning of a fault until circuits must be open: a server that says nothing is given up after a question's two seconds and a probe's one, at the latest.</param>
/// <param name="Hold">From then until the repair. In the long form twice as long as the slowest directory that still answers takes, so that all clients have asked it anew and heard.</param>
/// <param name="Rest">Between two faults.</param>
internal sealed record InjectionPace(int Clients, int PerClient, TimeSpan WarmUp, TimeSpan Calm, TimeSpan Settle, TimeSpan Hold, TimeSpan Rest)
{
    public static InjectionPace Short { get; } = new(
        8, 250, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500));

    public static InjectionPace Long { get; } = new(
        16, 250, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(2.5), TimeSpan.FromMilliseconds(500));
}
