using System.Globalization;

namespace LookupProxy.Host.Configuration.Values;

internal sealed class Integers(int least, int most) : ScalarReader<int>
{
    public override string Allowed => $"{least} to {most}";

    protected override string? Parse(string text, ReadScope scope, out int value)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return "not a whole number";
        return value < least || value > most ? "out of range" : null;
    }
}
