using LookupProxy.Core.Health;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Watching;

/// <summary>Content that has lost much is more likely a file cut short, or the wrong one, than the truth.</summary>
internal static class ShrinkGuard
{
    /// <param name="lost">Addresses that are in the old content only.</param>
    /// <returns>Why the new content is refused; null when it is not.</returns>
    public static string? Check(RecipientSet? old, RecipientSet next, FileDirectoryOptions options, out int lost)
    {
        lost = old?.CountMissingFrom(next) ?? 0;
        if (options.MaxShrink >= 1)
            return null;
        if (next.Count == 0)
            return $"holds no address; refused until an administrator accepts it ({IAcceptance.CommandFor(options.Name)})";
        return IsTooMuch(old?.Count, lost, options) ? $"has lost {lost} of {old!.Count} addresses, {Refusal(options)}" : null;
    }

    /// <summary>For the first content of a process.</summary>
    /// <param name="kept">How many addresses there were before it; null when that is not known.</param>
    /// <returns>Why it is refused; null when it is not.</returns>
    public static string? Check(int? kept, RecipientSet first, FileDirectoryOptions options) =>
        IsTooMuch(kept, kept - first.Count, options)
            ? $"holds {first.Count} addresses, and had {kept} before the restart: it has lost {Refusal(options)}"
            : null;

    private static bool IsTooMuch(int? before, int? lost, FileDirectoryOptions options) =>
        options.MaxShrink < 1 && before >= options.ShrinkGuardFrom && lost > before * options.MaxShrink;

    private static string Refusal(FileDirectoryOptions options) =>
        $"more than maxShrink ({options.MaxShrink:P0}) allows; refused until it changes again or an administrator accepts it ({IAcceptance.CommandFor(options.Name)})";
}
