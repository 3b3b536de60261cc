namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>One thing that happens in a schedule.</summary>
public abstract record Step
{
    public sealed record Ask(int Person) : Step;

    public sealed record Pass(int Milliseconds) : Step;

    public sealed record Turn(int Server, Health Into) : Step;

    public sealed record Forget : Step;

    public sealed record Isolate(int Server) : Step;

    public sealed record Close(int Server) : Step;

    public sealed record TurnStore(StoreState Into) : Step;

    /// <summary>The process ends and another begins.</summary>
    public sealed record Restart : Step;

    public sealed record Flush(int Person) : Step;
}

/// <summary>How a server fares.</summary>
public enum Health
{
    Well,
    Slow,
    VerySlow,
    Hung,
    Dead,
    Refusing,
    Referring,
    Buggy,
    Mute,
}

/// <summary>How the store fares.</summary>
public enum StoreState
{
    Well,

    /// <summary>What is kept is lost.</summary>
    Forgetful,
    Slow,
    TooSlow,
    Hung,

    /// <summary>What is found can't be read.</summary>
    Damaged,

    /// <summary>Finds what was kept first, long ago.</summary>
    Old,

    /// <summary>What it finds is of a clock that is ahead, or behind.</summary>
    Ahead,
    Behind,
    Buggy,
    Away,
}
