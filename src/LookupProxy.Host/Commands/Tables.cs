using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>Plain tables: no lines.</summary>
internal static class Tables
{
    public static Table Of(params ReadOnlySpan<string> headers)
    {
        var table = new Table().NoBorder();
        foreach (var header in headers)
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Dim))) { NoWrap = true });
        return table;
    }

    public static string Seconds(double? seconds) => seconds switch
    {
        null => "",
        < 1 => $"{seconds * 1000:0.#} ms",
        < 120 => $"{seconds:0.#} s",
        < 7200 => $"{seconds / 60:0} min",
        _ => $"{seconds / 3600:0} h",
    };

    /// <summary>As JSON has it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
