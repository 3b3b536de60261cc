using System.Globalization;

namespace LookupProxy.Core.Text;

/// <summary>A number with a unit, as operators write times: 500ms, 4s, 2m, 1h, 7d.</summary>
public static class DurationText
{
    /// <summary>What a fault says.</summary>
    public const string Examples = "500ms, 4s, 2m, 1h, 7d";

    /// <summary>"ms" comes before "m" and "s", which it ends with or begins with.</summary>
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <param name="value"><see cref="TimeSpan.MaxValue"/> when it is longer than that.</param>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        foreach (var (unit, ticks) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return false;
            value = number > (decimal)long.MaxValue / ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)(number * ticks));
            return true;
        }

        return false;
    }

    public static string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        var (unit, ticks) = Units.Where(unit => value.Ticks % unit.Ticks == 0).MaxBy(static unit => unit.Ticks);
        return ticks == 0 ? value.ToString("c") : $"{value.Ticks / ticks}{unit}";
    }
}
