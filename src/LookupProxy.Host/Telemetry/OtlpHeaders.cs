namespace LookupProxy.Host.Telemetry;

/// <summary>A collector's credentials: a file with a "name: value" on each line; empty lines and those that begin with # don't count.</summary>
internal static class OtlpHeaders
{
    /// <returns>The number of the first line that is none; null when all are.</returns>
    public static int? FaultyLine(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!IsComment(line) && line.IndexOf(':', StringComparison.Ordinal) < 1)
                return number;
        }

        return null;
    }

    public static IEnumerable<KeyValuePair<string, string>> Read(string file) =>
        from line in File.ReadLines(file)
        where !IsComment(line)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        select KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim());

    /// <summary>As the exporter wants them: W3C Baggage's form.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, string>> headers) =>
        string.Join(',', headers.Select(static header => $"{header.Key}={Uri.EscapeDataString(header.Value)}"));

    private static bool IsComment(string line) => string.IsNullOrWhiteSpace(line) || line.StartsWith('#');
}
