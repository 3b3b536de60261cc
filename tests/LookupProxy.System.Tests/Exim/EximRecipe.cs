using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Exim;

/// <summary>The statements that are shipped under config/gateways, with a test's own ports and paths.</summary>
internal static class EximRecipe
{
    private const string Server = "LOOKUPPROXY_SERVER = ldap://127.0.0.1:10389\n";

    private static string Domains => GatewayRecipe.Domains.Replace(", ", " : ", StringComparison.Ordinal);

    public static string LdapAcl => GatewayRecipe.Shipped("exim/ldap-rcpt-acl.conf");

    public static string LdapMain(LookupProxyServer proxy, TemporaryFolder folder) =>
        LdapMain(folder, (Server, $"LOOKUPPROXY_SERVER = ldap://127.0.0.1:{proxy.LdapPort}\n"));

    /// <summary>As the recipe's comment says.</summary>
    public static string LdapMainWithStartTls(LookupProxyServer proxy, TemporaryFolder folder) => LdapMain(
        folder,
        (Server, ""),
        ("#     LOOKUPPROXY_SERVER = ldap://gateway-1.contoso.example:10389\n", $"LOOKUPPROXY_SERVER = ldap://127.0.0.1:{proxy.LdapPort}\n"),
        ("#     ldap_start_tls", "ldap_start_tls"),
        ("#     ldap_require_cert", "ldap_require_cert"),
        ("#     ldap_ca_cert_file = /etc/exim4/lookupproxy/ca.pem", $"ldap_ca_cert_file = {proxy.AuthorityFile}"));

    /// <summary>As the recipe's comment says.</summary>
    public static string HttpMain => $"domainlist lookupproxy_domains = {Domains}";

    public static string HttpAcl(LookupProxyServer proxy) => GatewayRecipe.Shipped("exim/rcpt-acl.conf", ("inet:127.0.0.1:10080", $"inet:127.0.0.1:{proxy.HttpPort}"));

    private static string LdapMain(TemporaryFolder folder, params ReadOnlySpan<(string Shown, string Actual)> replaced) => GatewayRecipe.Shipped(
        "exim/ldap-main.conf",
        [
            ("domainlist lookupproxy_domains = corp.example", $"domainlist lookupproxy_domains = {Domains}"),
            ("/etc/exim4/lookupproxy/password", folder.Write("exim.password", GatewayLab.Password + "\n")),
            .. replaced,
        ]);
}
