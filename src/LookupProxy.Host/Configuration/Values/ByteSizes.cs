using System.Globalization;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A number of octets with a unit: 512B, 16KiB, 4MiB. KB and the like are refused, since they mean two things.</summary>
internal sealed class ByteSizes(int least, int most) : ScalarReader<int>
{
    private static readonly (string Unit, int Bytes)[] Units = [("MiB", 1024 * 1024), ("KiB", 1024), ("B", 1)];

    private const string No = "not a size (512B, 16KiB, 4MiB)";

    public override string Allowed => $"{Write(least)} to {Write(most)}";

    public override string Show(int value) => Write(value);

    protected override string? Parse(string text, ReadScope scope, out int value)
    {
        value = 0;
        foreach (var (unit, bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return No;
            var total = (long)number * bytes;
            if (total < least || total > most)
                return "out of range";
            value = (int)total;
            return null;
        }

        return No;
    }

    private static string Write(int value)
    {
        if (value == 0)
            return "0B";
        var (unit, bytes) = Units.First(unit => value % unit.Bytes == 0);
        return $"{value / bytes}{unit}";
    }
}
