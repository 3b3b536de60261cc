namespace LookupProxy.SystemTests.Injection;

/// <summary>One fault's time in a run, by timestamps.</summary>
/// <param name="Settled">From here on circuits have had time to open.</param>
/// <param name="Repairing">The repair began; what the directory says from here on may be the truth again.</param>
/// <param name="RecoveredIn">From the end of the repair until an unseen recipient of the target was accepted, the slower node's time.</param>
internal sealed record Phase(InjectedFault Fault, long Broken, long Settled, long Repairing, long Ended, TimeSpan RecoveredIn);
