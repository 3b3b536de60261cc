using LookupProxy.Core.Health;
using LookupProxy.Endpoints.Http.Bodies;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>The local copies as a table, for people; nothing when none is kept.</summary>
internal static class SnapshotReport
{
    public static void Write(Terminal terminal, IReadOnlyList<DirectoryBody> directories, DateTimeOffset now)
    {
        var table = Tables.Of("local copy of", "mode", "state", "recipients", "read", "read whole", "next", "last error");
        foreach (var directory in directories)
        {
            if (directory.Snapshot is { } snapshot)
            {
                table.AddRow(
                    new Text(directory.Name),
                    new Text(snapshot.Mode),
                    new Text(Tables.Word(snapshot.State), Colour(snapshot.State)),
                    new Text(snapshot.Recipients?.ToString() ?? ""),
                    new Text(HealthReport.Ago(snapshot.ReadAt, now)),
                    new Text(HealthReport.Ago(snapshot.FullAt, now)),
                    new Text(Next(snapshot, now)),
                    new Text(snapshot.LastError is { } error ? $"{HealthReport.Ago(snapshot.LastErrorAt, now)}: {error}" : ""));
            }
        }

        if (table.Rows.Count > 0)
            terminal.Show(table);
    }

    private static string Next(SnapshotBody snapshot, DateTimeOffset now) => snapshot switch
    {
        { Reading: { } reading, Expected: { } expected and > 0 } => $"reading {reading} of {expected} ({(double)reading / expected:P0})",
        { Reading: { } reading } => $"reading {reading}",
        { NextAt: { } next } => "in " + Tables.Seconds(Math.Max(0, (next - now).TotalSeconds)),
        _ => "",
    };

    private static Color Colour(SnapshotState state) => state switch
    {
        SnapshotState.Ready => Color.Green,
        SnapshotState.Missing => Color.Yellow,
        _ => Color.Red,
    };
}
