using LookupProxy.Endpoints.Http.Bodies;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>Overrides as a table, for people.</summary>
internal static class OverrideReport
{
    public static void Write(Terminal terminal, IReadOnlyList<OverrideBody> overrides, DateTimeOffset now)
    {
        var table = Tables.Of("address", "is", "until", "left", "why");
        foreach (var entry in overrides)
        {
            table.AddRow(
                new Text(entry.Address),
                new Text(Tables.Word(entry.Verdict), entry.Verdict == OverrideWord.Valid ? Color.Green : Color.Red),
                new Text($"{entry.Until:u}"),
                new Text(Tables.Seconds(Math.Max(0, (entry.Until - now).TotalSeconds))),
                new Text(entry.Why));
        }

        terminal.Show(table);
    }
}
