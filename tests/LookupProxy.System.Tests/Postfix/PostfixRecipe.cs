using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Postfix;

/// <summary>The lines for main.cf that are shipped under config/gateways, with a test's own ports.</summary>
internal static class PostfixRecipe
{
    public static string Tcp(LookupProxyServer proxy) => Shipped("main.cf", "inet:127.0.0.1:10040", $"inet:127.0.0.1:{proxy.PolicyPort}");

    public static string UnixSocket(LookupProxyServer proxy) => Shipped("main-unix.cf", "unix:lookupproxy/policy.sock", $"unix:{proxy.PolicySocket}");

    /// <summary>As the recipe's comment says: add policy_context=NAME.</summary>
    public static string WithView(string recipe, string view) => Replaced(recipe, "timeout=6s,", $"timeout=6s, policy_context={view},");

    private static string Shipped(string file, string shown, string actual) =>
        Replaced(File.ReadAllText(Repository.File($"config/gateways/postfix/{file}")), shown, actual);

    private static string Replaced(string recipe, string shown, string actual)
    {
        Assert.Contains(shown, recipe, StringComparison.Ordinal);
        return recipe.Replace(shown, actual, StringComparison.Ordinal);
    }
}
