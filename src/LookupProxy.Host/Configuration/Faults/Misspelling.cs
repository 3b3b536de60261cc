namespace LookupProxy.Host.Configuration.Faults;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Misspelling
{
    /// <returns>The nearest of <paramref name="words"/>, or null when none is near: a third of the letters may differ.</returns>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var best = default(string);
        var bestDistance = Math.Max(1, written.Length / 3) + 1;
        foreach (var word in words)
        {
            // "info" is nearer to "information" than its letters tell.
            var distance = written.Length >= 3 && word.StartsWith(written, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(written, word);
            if (distance < bestDistance)
                (best, bestDistance) = (word, distance);
        }

        return best;
    }

    /// <summary>Letters put in, left out, changed or swapped with their neighbour (optimal string alignment), without regard to case.</summary>
    internal static int Distance(string left, string right)
    {
        var d = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                var least = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                var swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
                d[i, j] = swapped ? Math.Min(least, d[i - 2, j - 2] + 1) : least;
            }
        }

        return d[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
