using LookupProxy.Core.Health;
using LookupProxy.Endpoints.Http.Bodies;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>Health for people: the alarms, then the directories as a table.</summary>
internal static class HealthReport
{
    public static void Write(Terminal terminal, HealthBody health, DateTimeOffset now)
    {
        terminal.Show(new Text(Tables.Word(health.Status), Colour(health.Status)));
        if (health.Store is { } store)
            terminal.Show(new Paragraph($"store {store.Type}: ").Append(store.Working ? "working" : "not working", store.Working ? Color.Green : Color.Yellow).Append(Rest(store)));
        foreach (var alarm in health.Alarms)
            terminal.Show(new Text($"{alarm.Name} {alarm.Subject}, since {Ago(alarm.Since, now)}: {alarm.Text}", Color.Red));
        Write(terminal, health.Directories, now);
    }

    public static void Write(Terminal terminal, IReadOnlyList<DirectoryBody> directories, DateTimeOffset now)
    {
        var table = Tables.Of("directory", "type", "server", "breaker", "latency", "last answer", "last error");
        foreach (var directory in directories)
        {
            foreach (var server in directory.Servers)
            {
                table.AddRow(
                    new Text(directory.Name),
                    new Text(directory.Type),
                    new Text(server.Name),
                    new Text(Tables.Word(server.Breaker), Colour(server.Breaker)),
                    new Text(Tables.Seconds(server.LatencySeconds)),
                    new Text(Ago(server.LastSuccess, now)),
                    new Text(server.LastError is { } error ? $"{Ago(server.LastErrorAt, now)}: {error}" : ""));
            }
        }

        terminal.Show(table);
        SnapshotReport.Write(terminal, directories, now);
    }

    private static string Rest(StoreBody store) =>
        (store.Sheets is { } sheets ? $", {sheets} sheets" : "") + $", {store.Pending} to be written, {store.Dropped} dropped" + (store.Detail is { } detail ? $": {detail}" : "");

    internal static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } then ? Tables.Seconds(Math.Max(0, (now - then).TotalSeconds)) + " ago" : "";

    private static Color Colour(HealthWord status) => status switch
    {
        HealthWord.Healthy => Color.Green,
        HealthWord.Degraded => Color.Yellow,
        _ => Color.Red,
    };

    private static Color Colour(BreakerState state) => state switch
    {
        BreakerState.Closed => Color.Green,
        BreakerState.HalfOpen => Color.Yellow,
        _ => Color.Red,
    };
}
