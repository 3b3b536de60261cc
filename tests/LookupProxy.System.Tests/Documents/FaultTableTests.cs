using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.SharedDomain;

namespace LookupProxy.SystemTests.Documents;

public sealed class FaultTableTests
{
    [Fact]
    public async Task The_faults_of_the_tests_readme_are_those_that_are_tested()
    {
        var rows = (await File.ReadAllLinesAsync(Repository.File("tests/README.md")))
            .SkipWhile(static line => !line.StartsWith("| a directory that", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)[1]);

        Assert.Equal(DirectoryFaults.All.Keys, rows);
    }
}
