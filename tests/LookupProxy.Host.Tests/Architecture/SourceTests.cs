namespace LookupProxy.Host.Tests.Architecture;

/// <summary>The house style, as far as a machine can tell.</summary>
public sealed class SourceTests
{
    private const string Silencer = "#pragma";

    private static readonly string[] MadePartial = ["[LoggerMessage", "[GeneratedRegex", "[JsonSerializable", "[LibraryImport"];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Empty(Repository.Sources.Where(static source => source.Value.Split('\n').Length > 400).Select(static source => source.Key));

    [Fact]
    public void Only_what_is_generated_is_partial() =>
        Assert.Empty(Repository.Below("src")
            .Where(static source => source.Value.Contains(" partial class ", StringComparison.Ordinal) && !MadePartial.Any(mark => source.Value.Contains(mark, StringComparison.Ordinal)))
            .Select(static source => source.Key));

    [Fact]
    public void No_rule_is_silenced_in_passing() =>
        Assert.Empty(Repository.Sources
            .Where(static source => source.Value.Split('\n').Any(static line => line.TrimStart().StartsWith(Silencer, StringComparison.Ordinal)))
            .Select(static source => source.Key));

    /// <summary>AloneCollection says why.</summary>
    [Fact]
    public void Tests_with_libldap_in_their_own_process_run_alone() =>
        Assert.Empty(Repository.Below("tests/LookupProxy.System.Tests")
            .Where(static source => source.Value.Contains("using System.DirectoryServices.Protocols;", StringComparison.Ordinal)
                && !source.Value.Contains("[Collection(nameof(AloneCollection))]", StringComparison.Ordinal))
            .Select(static source => source.Key));
}
