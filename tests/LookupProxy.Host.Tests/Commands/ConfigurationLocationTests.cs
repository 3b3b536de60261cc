using LookupProxy.Host.Commands;

namespace LookupProxy.Host.Tests.Commands;

public sealed class ConfigurationLocationTests
{
    [Fact]
    public void What_is_named_comes_first_then_the_variable_then_what_is_found()
    {
        var variable = new Dictionary<string, string> { ["LOOKUPPROXY_CONFIG"] = "variable.yaml" };

        Assert.Equal("option.yaml", ConfigurationLocation.Find("option.yaml", variable).File);
        Assert.Equal("variable.yaml", ConfigurationLocation.Find(null, variable).File);

        var found = ConfigurationLocation.Find(null, new Dictionary<string, string> { ["LOOKUPPROXY_CONFIG"] = "" });
        Assert.True(File.Exists(found.File), found.File);
    }
}
