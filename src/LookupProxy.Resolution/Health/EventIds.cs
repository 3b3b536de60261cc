namespace LookupProxy.Resolution.Health;

/// <summary>Ids of this project's log events: 6000 to 6099.</summary>
internal static class EventIds
{
    public const int CircuitOpened = 6001;
    public const int CircuitClosed = 6002;
    public const int ServerIsolated = 6003;
    public const int InternalFault = 6004;
    public const int DrainGaveUp = 6005;
    public const int ClockJumped = 6006;
    public const int AlarmOpened = 6020;
    public const int AlarmClosed = 6021;
    public const int SnapshotRead = 6070;
    public const int SnapshotProgress = 6071;
    public const int SnapshotProgressOfUnknown = 6072;
    public const int SnapshotNotRead = 6073;
    public const int SnapshotRefused = 6074;
    public const int SnapshotLoaded = 6075;
    public const int SnapshotDamaged = 6076;
    public const int SnapshotNotLoaded = 6077;
    public const int SnapshotNotWritten = 6078;
    public const int SnapshotOpenRemoved = 6079;
    public const int SnapshotCurtailed = 6080;
    public const int SnapshotFault = 6081;
    public const int SnapshotChanged = 6082;
    public const int SnapshotNeedsListing = 6083;
    public const int SnapshotNeverRead = 6084;
    public const int StoreFault = 6050;
    public const int OverrideNotKept = 6051;
}
