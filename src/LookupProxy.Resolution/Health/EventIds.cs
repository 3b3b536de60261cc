namespace LookupProxy.Resolution.Health;

/// <summary>Ids of this project's log events: 6000 to 6099.</summary>
internal static class EventIds
{
    public const int CircuitOpened = 6001;
    public const int CircuitClosed = 6002;
    public const int ServerIsolated = 6003;
    public const int InternalFault = 6004;
    public const int DrainGaveUp = 6005;
    public const int AlarmOpened = 6020;
    public const int AlarmClosed = 6021;
    public const int StoreFault = 6050;
    public const int OverrideNotKept = 6051;
}
