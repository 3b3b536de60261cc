namespace LookupProxy.SystemTests.Injection;

/// <summary>Something that happens to a part of the lab, and its repair.</summary>
/// <param name="Target">The directory it happens to; null when it is a node's or the store's.</param>
/// <param name="Silences">The directory can't answer while it lasts, so that its unseen people can only be deferred.</param>
internal sealed record InjectedFault(string Name, Holder? Target, bool Silences, Func<InjectionLab, Task> BreakAsync, Func<InjectionLab, Task> RepairAsync)
{
    /// <summary>Faults of a kind are one row of the summary; # stands for how many they are.</summary>
    public string Kind { get; init; } = Name;

    public override string ToString() => Name;
}
