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
