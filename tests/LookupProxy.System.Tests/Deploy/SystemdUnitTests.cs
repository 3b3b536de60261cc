using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Deploy;

public sealed class SystemdUnitTests
{
    private const string InstalledBinary = "/usr/lib/lookupproxy/lookupproxy";

    private static readonly string Unit = Repository.File("deploy/systemd/lookupproxy.service");

    [Fact]
    public async Task Systemd_finds_no_fault_in_the_unit()
    {
        using var folder = new TemporaryFolder("unit");
        var unit = folder.Write("lookupproxy.service", (await File.ReadAllTextAsync(Unit)).Replace(InstalledBinary, Binary.Path, StringComparison.Ordinal));

        var result = await Command.RunAsync(Tool.Require("systemd-analyze"), ["verify", "--man=no", unit]);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task The_unit_exposes_less_than_2_of_10()
    {
        var result = await Command.RunAsync(Tool.Require("systemd-analyze"), ["security", "--offline=yes", "--threshold=20", "--no-pager", Unit]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
