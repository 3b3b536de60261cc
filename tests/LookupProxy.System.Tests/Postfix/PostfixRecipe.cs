using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Postfix;

/// <summary>The lines for main.cf that are shipped under config/gateways, with a test's own ports.</summary>
internal static class PostfixRecipe
{
    public static string Tcp(LookupProxyServer proxy) => GatewayRecipe.Shipped("postfix/main.cf", ("inet:127.0.0.1:10040", $"inet:127.0.0.1:{proxy.PolicyPort}"));

    public static string UnixSocket(LookupProxyServer proxy) => GatewayRecipe.Shipped("postfix/main-unix.cf", ("unix:lookupproxy/policy.sock", $"unix:{proxy.PolicySocket}"));

    /// <summary>As the recipe's comment says: add policy_context=NAME.</summary>
    public static string WithView(string recipe, string view) => GatewayRecipe.Replaced(recipe, "timeout=6s,", $"timeout=6s, policy_context={view},");

    public static string Ldap(LookupProxyServer proxy, TemporaryFolder folder) =>
        Ldap(folder, Table("lookupproxy-ldap.cf", ("ldap://127.0.0.1:10389", $"ldap://127.0.0.1:{proxy.LdapPort}")));

    public static string LdapWithStartTls(LookupProxyServer proxy, TemporaryFolder folder) =>
        Ldap(folder, WithTls(proxy, ("server_host = ldap://gateway-1.contoso.example:10389", $"server_host = ldap://127.0.0.1:{proxy.LdapPort}")));

    /// <summary>As the recipe's comment says.</summary>
    public static string LdapOverTls(LookupProxyServer proxy, TemporaryFolder folder) =>
        Ldap(folder, WithTls(
            proxy,
            ("server_host = ldap://gateway-1.contoso.example:10389", $"server_host = ldaps://127.0.0.1:{proxy.LdapTlsPort}"),
            ("start_tls = yes", "start_tls = no")));

    private static string Ldap(TemporaryFolder folder, string table) =>
        GatewayRecipe.Shipped(
            "postfix/main-ldap.cf",
            ("ldap:/etc/postfix/lookupproxy-ldap.cf", $"ldap:{folder.Write("lookupproxy-ldap.cf", table)}"),
            ("relay_domains = corp.example", $"relay_domains = {GatewayRecipe.Domains}"));

    private static string WithTls(LookupProxyServer proxy, params ReadOnlySpan<(string Shown, string Actual)> replaced) =>
        Table("lookupproxy-ldap-tls.cf", [("/etc/postfix/lookupproxy-ca.pem", proxy.AuthorityFile), .. replaced]);

    private static string Table(string file, params ReadOnlySpan<(string Shown, string Actual)> replaced) =>
        GatewayRecipe.Shipped($"postfix/{file}", [("domain = corp.example", $"domain = {GatewayRecipe.Domains}"), .. replaced]);
}
