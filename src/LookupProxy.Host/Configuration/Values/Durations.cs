using System.Globalization;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A number with a unit: 500ms, 4s, 2m, 1h, 7d.</summary>
internal sealed class Durations(TimeSpan least, TimeSpan most) : ScalarReader<TimeSpan>
{
    /// <summary>Longest unit first; "ms" comes before "m" and "s", which it ends with or begins with.</summary>
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    private const string No = "not a duration (500ms, 4s, 2m, 1h, 7d)";

    public override string Allowed => $"{Write(least)} to {Write(most)}";

    public override string Show(TimeSpan value) => Write(value);

    protected override string? Parse(string text, ReadScope scope, out TimeSpan value)
    {
        value = default;
        foreach (var (unit, ticks) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return No;
            if (number < (decimal)least.Ticks / ticks || number > (decimal)most.Ticks / ticks)
                return "out of range";
            value = TimeSpan.FromTicks((long)(number * ticks));
            return null;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? "a duration needs a unit (500ms, 4s, 2m, 1h, 7d)" : No;
    }

    public static string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "0s";
        var (unit, ticks) = Units.Where(unit => value.Ticks % unit.Ticks == 0).MaxBy(static unit => unit.Ticks);
        return ticks == 0 ? value.ToString("c") : $"{value.Ticks / ticks}{unit}";
    }
}
