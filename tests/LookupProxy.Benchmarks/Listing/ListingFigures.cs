using System.Globalization;

namespace LookupProxy.Benchmarks.Listing;

/// <param name="PeakMebibytes">Resident, of the whole process.</param>
internal sealed record ListingFigures(int Recipients, double Seconds, int PeakMebibytes)
{
    public static ListingFigures Parse(string text)
    {
        var parts = text.Split(' ');
        return new(int.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Recipients} {Seconds} {PeakMebibytes}");
}
