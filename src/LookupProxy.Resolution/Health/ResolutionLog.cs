using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Health;

/// <summary>What this project logs: changes of state. Nothing for a single lookup.</summary>
internal static partial class ResolutionLog
{
    [LoggerMessage(EventIds.CircuitOpened, LogLevel.Warning,
        "Server {Server} of directory {Directory} is not asked any more ({Reason}: {Detail}). It is probed until it answers; look at that server and the network between. Until then recipients that only it can tell of are not known and are deferred, never rejected. {Unsaid} such changes before this one were not logged.")]
    public static partial void Opened(ILogger logger, string server, string directory, string reason, string detail, int unsaid);

    [LoggerMessage(EventIds.CircuitClosed, LogLevel.Information, "Server {Server} of directory {Directory} is asked again after {Open}: {Why}.")]
    public static partial void Closed(ILogger logger, string server, string directory, TimeSpan open, string why);

    [LoggerMessage(EventIds.ServerIsolated, LogLevel.Warning, "Server {Server} of directory {Directory} was taken out by the administrator and is not asked until it is closed by hand.")]
    public static partial void Isolated(ILogger logger, string server, string directory);

    [LoggerMessage(EventIds.InternalFault, LogLevel.Error, "A fault of our own while asking {Server} of directory {Directory}; its answer is unknown. Please report it.")]
    public static partial void InternalFault(ILogger logger, string directory, string server, Exception exception);

    [LoggerMessage(EventIds.DrainGaveUp, LogLevel.Warning, "Closed with {Flights} lookups still under way after {Waited}.")]
    public static partial void DrainGaveUp(ILogger logger, int flights, TimeSpan waited);

    [LoggerMessage(EventIds.ClockJumped, LogLevel.Information,
        "The time of day has jumped by {Jump}: this machine slept, or its clock was set. Whoever was absent before is asked for anew.")]
    public static partial void ClockJumped(ILogger logger, TimeSpan jump);

    [LoggerMessage(EventIds.StoreFault, LogLevel.Error, "A fault of our own in the {Store} store; directories are asked instead. Please report it.")]
    public static partial void StoreFault(ILogger logger, string store, Exception exception);

    [LoggerMessage(EventIds.OverrideNotKept, LogLevel.Warning, "The change of the override of {Address} counts, but it could not be written down yet: a restart before the store works again undoes it. See the store's health.")]
    public static partial void OverrideNotKept(ILogger logger, string address);

    [LoggerMessage(EventIds.AlarmOpened, LogLevel.Warning, "Alarm {Name} for {Subject}: {Text}")]
    public static partial void AlarmOpened(ILogger logger, string name, string subject, string text);

    [LoggerMessage(EventIds.AlarmClosed, LogLevel.Warning, "Alarm {Name} for {Subject} is over after {Open}: {Why}.")]
    public static partial void AlarmClosed(ILogger logger, string name, string subject, TimeSpan open, string why);
}
