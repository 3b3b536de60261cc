using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Gateways;

/// <summary>The lines that are shipped under config/gateways, with a test's own ports and paths in place of those shown.</summary>
internal static class GatewayRecipe
{
    /// <summary>Those that the tests have, where the recipes show corp.example alone.</summary>
    public const string Domains = "corp.example, stopped.example, hanging.example";

    public static string Shipped(string file, params ReadOnlySpan<(string Shown, string Actual)> replaced)
    {
        var recipe = File.ReadAllText(Repository.File($"config/gateways/{file}"));
        foreach (var (shown, actual) in replaced)
            recipe = Replaced(recipe, shown, actual);
        return recipe;
    }

    public static string Replaced(string recipe, string shown, string actual)
    {
        Assert.Contains(shown, recipe, StringComparison.Ordinal);
        return recipe.Replace(shown, actual, StringComparison.Ordinal);
    }
}
