using System.Globalization;

namespace LookupProxy.Core.Addresses.Unicode;

/// <summary>Unicode's canonical decompositions and combining classes; read from canonical.txt when first needed, which plain Latin text never does.</summary>
internal static class CanonicalData
{
    private static readonly Dictionary<int, (int First, int Second)> Decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];
    private static readonly Dictionary<int, byte> Classes = [];

    static CanonicalData()
    {
        using var stream = typeof(CanonicalData).Assembly.GetManifestResourceStream("canonical.txt")
            ?? throw new InvalidOperationException("canonical.txt is not in the assembly");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            Read(line);
    }

    public static byte CombiningClass(int point) => Classes.GetValueOrDefault(point);

    /// <param name="second">0 for a singleton.</param>
    public static bool TryDecompose(int point, out int first, out int second)
    {
        var found = Decompositions.TryGetValue(point, out var pair);
        (first, second) = pair;
        return found;
    }

    public static bool TryCompose(int first, int second, out int composed) => Compositions.TryGetValue((first, second), out composed);

    private static void Read(string line)
    {
        var fields = line.Split(' ');
        switch (fields[0])
        {
            case "~":
                for (var point = Hex(fields[2]); point <= Hex(fields[3]); point++)
                    Classes[point] = byte.Parse(fields[1], CultureInfo.InvariantCulture);
                break;
            case "=" or ">":
                var pair = (Hex(fields[2]), fields.Length > 3 ? Hex(fields[3]) : 0);
                Decompositions[Hex(fields[1])] = pair;
                if (fields[0] == "=")
                    Compositions[pair] = Hex(fields[1]);
                break;
        }
    }

    private static int Hex(string field) => int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
