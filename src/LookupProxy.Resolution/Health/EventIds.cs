namespace LookupProxy.Resolution.Health;

/// <summary>Ids of this project's log events: 3000 to 3099.</summary>
internal static class EventIds
{
    public const int CircuitOpened = 3001;
    public const int CircuitClosed = 3002;
    public const int ServerIsolated = 3003;
    public const int InternalFault = 3004;
    public const int DrainGaveUp = 3005;
}
