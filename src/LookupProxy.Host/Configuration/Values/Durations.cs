using System.Globalization;
using LookupProxy.Core.Text;

namespace LookupProxy.Host.Configuration.Values;

internal sealed class Durations(TimeSpan least, TimeSpan most) : ScalarReader<TimeSpan>
{
    public override string Allowed => $"{Write(least)} to {Write(most)}";

    public override string Show(TimeSpan value) => Write(value);

    public static string Write(TimeSpan value) => DurationText.Write(value);

    protected override string? Parse(string text, ReadScope scope, out TimeSpan value)
    {
        if (DurationText.TryParse(text, out value))
            return value < least || value > most ? "out of range" : null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? $"a duration needs a unit ({DurationText.Examples})"
            : $"not a duration ({DurationText.Examples})";
    }
}
