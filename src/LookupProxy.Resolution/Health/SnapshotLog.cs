using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Health;

/// <summary>What becomes of the local copies.</summary>
internal static partial class SnapshotLog
{
    [LoggerMessage(EventIds.SnapshotRead, LogLevel.Information,
        "{Directory}: the local copy holds {Recipients} recipients; read whole in {Seconds:F1} s, {Megabytes:F1} MB of memory.")]
    public static partial void Read(ILogger logger, string directory, int recipients, double seconds, double megabytes);

    [LoggerMessage(EventIds.SnapshotChanged, LogLevel.Debug, "{Directory}: the local copy holds {Recipients} recipients; {Changes} changes read in {Seconds:F1} s.")]
    public static partial void Changed(ILogger logger, string directory, int recipients, long changes, double seconds);

    [LoggerMessage(EventIds.SnapshotProgress, LogLevel.Information, "{Directory}: reading for the local copy: {Recipients} of about {Expected} recipients ({Share:P0}).")]
    public static partial void Progress(ILogger logger, string directory, long recipients, long expected, double share);

    [LoggerMessage(EventIds.SnapshotProgressOfUnknown, LogLevel.Information, "{Directory}: reading for the local copy: {Recipients} recipients so far.")]
    public static partial void Progress(ILogger logger, string directory, long recipients);

    [LoggerMessage(EventIds.SnapshotNotRead, LogLevel.Warning,
        "{Directory}: could not be read for the local copy: {Why}. The copy from before stays in use: {Recipients} recipients of {ReadAt:u}. Tried again at {NextAt:u}.")]
    public static partial void NotRead(ILogger logger, string directory, string why, int recipients, DateTimeOffset readAt, DateTimeOffset nextAt);

    [LoggerMessage(EventIds.SnapshotNeverRead, LogLevel.Warning,
        "{Directory}: could not be read for the local copy: {Why}. There is none yet, so only the directory itself can tell of its recipients. Tried again at {NextAt:u}.")]
    public static partial void NeverRead(ILogger logger, string directory, string why, DateTimeOffset nextAt);

    [LoggerMessage(EventIds.SnapshotRefused, LogLevel.Error,
        "{Directory}: {Why} The copy from before stays in use. If it is right, type: {Command}")]
    public static partial void Refused(ILogger logger, string directory, string why, string command);

    [LoggerMessage(EventIds.SnapshotLoaded, LogLevel.Information,
        "{Directory}: the local copy from {Path} holds {Recipients} recipients of {ReadAt:u}; loaded in {Seconds:F1} s.")]
    public static partial void Loaded(ILogger logger, string directory, string path, int recipients, DateTimeOffset readAt, double seconds);

    [LoggerMessage(EventIds.SnapshotDamaged, LogLevel.Error,
        "{Directory}: the local copy {Path} can't be used: {Why}. It was put aside as {Aside}; there is no copy until the directory has been read.")]
    public static partial void Damaged(ILogger logger, string directory, string path, string why, string aside);

    [LoggerMessage(EventIds.SnapshotNotLoaded, LogLevel.Error, "{Directory}: the local copy {Path} could not be read: {Why}. There is no copy until the directory has been read.")]
    public static partial void NotLoaded(ILogger logger, string directory, string path, string why);

    [LoggerMessage(EventIds.SnapshotNotWritten, LogLevel.Error,
        "{Directory}: the local copy could not be written to {Path}: {Why}. It is kept in memory, and lost at the next stop.")]
    public static partial void NotWritten(ILogger logger, string directory, string path, string why);

    [LoggerMessage(EventIds.SnapshotOpenRemoved, LogLevel.Warning,
        "{Directory}: the local copy {Path} held addresses and snapshot.privacy is hashed, so it was removed. There is no copy until the directory has been read.")]
    public static partial void OpenRemoved(ILogger logger, string directory, string path);

    [LoggerMessage(EventIds.SnapshotCurtailed, LogLevel.Information,
        "{Directory}: {Recipients} recipients are in the local copy without their attributes, which are larger than {Limit} octets (snapshot.maxAttributes).")]
    public static partial void Curtailed(ILogger logger, string directory, int recipients, int limit);

    [LoggerMessage(EventIds.SnapshotFault, LogLevel.Error, "{Directory}: a fault of our own while reading for the local copy. Please report it.")]
    public static partial void Fault(ILogger logger, string directory, Exception exception);

    [LoggerMessage(EventIds.SnapshotNeedsListing, LogLevel.Warning, "{Directory}: can't tell its recipients now, so that its local copy is not renewed.")]
    public static partial void NeedsListing(ILogger logger, string directory);
}
