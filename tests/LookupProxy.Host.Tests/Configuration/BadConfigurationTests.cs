using LookupProxy.Host.Configuration;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>Each file of Bad/ is wrong in some ways and ends with all that is to be said of it, a "# expect:" line for each fault. FOLDER stands for the folder.</summary>
public sealed class BadConfigurationTests
{
    private const string Mark = "# expect: ";

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Configuration", "Bad");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_fault_is_told_at_once_with_its_place(string file)
    {
        var path = Path.Combine(Folder, file);
        var expected = File.ReadLines(path).Where(static line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(static line => line[Mark.Length..]);

        var outcome = new ConfigurationLoader(new Dictionary<string, string>(), TimeProvider.System).Load(path);

        Assert.Equal(expected, outcome.Faults.Select(static fault => fault.ToString().Replace(Folder + "/", "").Replace(Folder, "FOLDER")));
        Assert.Equal(outcome.Errors > 0, outcome.Configuration is null);
    }
}
