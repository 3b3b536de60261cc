using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LookupProxy.Host.Composition;

/// <summary>Where the log goes: always to standard error.</summary>
internal static class LogSetup
{
    private const string UtcTime = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <param name="toJournal">See <see cref="JournalStream"/>.</param>
    public static ILoggerFactory Create(LogSettings settings, bool toJournal) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(settings.Level);

        // The framework's own news are of no use to an operator.
        logging.AddFilter("Microsoft", settings.Level > LogLevel.Warning ? settings.Level : LogLevel.Warning);

        // A failure to start is told by the command, once and without a stack.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (settings.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(static json =>
            {
                json.TimestampFormat = UtcTime.TrimEnd();
                json.UseUtcTimestamp = true;
            });
        }
        else if (toJournal)
        {
            logging.AddSystemdConsole();
        }
        else
        {
            logging.AddSimpleConsole(static text =>
            {
                text.SingleLine = true;
                text.TimestampFormat = UtcTime;
                text.UseUtcTimestamp = true;
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(static console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // Nobody waits for whoever reads the log, which may have stopped reading. How many lines are lost is said in it.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    });
}
