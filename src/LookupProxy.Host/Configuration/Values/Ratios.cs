using System.Globalization;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A share of one: 0.5 or 50%.</summary>
internal sealed class Ratios(double least, double most) : ScalarReader<double>
{
    public override string Allowed => $"{least} to {most}";

    public override string Show(double value) => value.ToString(CultureInfo.InvariantCulture);

    protected override string? Parse(string text, ReadScope scope, out double value)
    {
        var isPercentage = text.EndsWith('%');
        var number = isPercentage ? text.AsSpan(0, text.Length - 1) : text;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
            return "not a share (0.5, 50%)";
        if (isPercentage)
            value /= 100;
        return value < least || value > most ? "out of range" : null;
    }
}
