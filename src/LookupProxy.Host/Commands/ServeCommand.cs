using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Commands;

/// <summary>"serve", and what the program does when no command is named.</summary>
internal static class ServeCommand
{
    public static void SetUp(Command command, CommandContext context)
    {
        var config = CommonOptions.Config();
        command.Add(config);
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(context, parsed.GetValue(config), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, string? file, CancellationToken cancellationToken)
    {
        var location = ConfigurationLocation.Find(file, context.Environment);
        var outcome = new ConfigurationLoader(context.Environment, context.Time).Load(location.File);
        if (outcome.Configuration is not { } configuration)
        {
            FaultReport.Write(context.Terminal.Error, outcome);
            return ExitCode.Configuration;
        }

        if (configuration is { Policy: null, Http: null, Ldap: null })
        {
            context.Terminal.Error.WriteLine($"{location.File}: error: endpoints: none is named, so serve would answer nobody; name policy, ldap or http");
            return ExitCode.Configuration;
        }

        using var loggers = LogSetup.Create(configuration.Log, JournalStream.IsStandardError(context.Environment.GetValueOrDefault(JournalStream.Variable)));
        var logger = loggers.CreateLogger(HostLog.Category);
        HostLog.ConfigurationRead(logger, BuildInfo.Version, location.File, location.Why);
        foreach (var warning in outcome.Faults.Where(static fault => fault.Severity == FaultSeverity.Warning))
            HostLog.ConfigurationWarning(logger, warning.ToString());
        return await ServeAsync(configuration, context, loggers, logger, cancellationToken);
    }

    private static async Task<int> ServeAsync(
        HostConfiguration configuration, CommandContext context, ILoggerFactory loggers, ILogger logger, CancellationToken cancellationToken)
    {
        var manager = new SystemdNotifier(context.Environment.GetValueOrDefault(SystemdNotifier.Variable), logger);
        try
        {
            // Sent to a service it is meant as "read the configuration anew", which is not done, and is no reason to break off what was begun. A terminal that closes ends its program.
            using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = Console.IsInputRedirected;
                HostLog.HangUp(logger);
            });
            await using var server = await ProxyServer.StartAsync(configuration, loggers, context.Time, cancellationToken);
            await using var stopping = server.Stopping.Register(() =>
            {
                HostLog.Stopping(logger, configuration.DrainFor.TotalSeconds);
                manager.Stopping();
            });
            foreach (var listener in server.Listeners)
                HostLog.Listening(logger, listener.Endpoint, listener.Address.ToString(), listener.IsTls ? " (TLS)" : "");
            HostLog.Ready(logger, (context.Time.GetUtcNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime)).TotalMilliseconds);
            manager.Ready();
            await server.WaitForShutdownAsync();
        }
        catch (ListenFailedException e)
        {
            context.Terminal.Error.WriteLine($"lookupproxy: {e.Message}");
            return e.ExitCode;
        }

        HostLog.Stopped(logger);
        return ExitCode.Ok;
    }
}
