using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Proxy;

/// <summary>Pieces of lookupproxy.yaml.</summary>
internal static class ProxyConfiguration
{
    /// <summary>The domain corp.example, shared by contoso and fabrikam.</summary>
    public static string SharedDomain(LookupProxyServer server, string directories, string more) =>
        $"""
        directories:
        {Indent(directories)}
        namespaces:
          shared:
            domains: [corp.example]
            directories: [contoso, fabrikam]
            recipientDelimiter: "+"
        endpoints:
          policy: {"{"} listen: ["127.0.0.1:{server.PolicyPort}", "unix:{server.PolicySocket}"] {"}"}
          http: {"{"} listen: ["127.0.0.1:{server.HttpPort}"] {"}"}
        {more}
        """;

    /// <summary>A directory served by a slapd. Everything that can keep its default does.</summary>
    public static string Directory(string name, OpenLdap slapd, LookupProxyServer server, string url, bool startTls = false) =>
        $"""
        {name}:
          type: ldap
          schema: openldap
          servers: [{url}]
          baseDn: {People.BaseDn(slapd.Suffix)}
          bindDn: {slapd.ServiceDn}
          passwordFile: {server.PasswordFile(name)}
          tls: {"{"} caFile: {server.AuthorityFile}, startTls: {(startTls ? "true" : "false")} {"}"}
        """;

    public static string Indent(string lines) => string.Join('\n', lines.Split('\n').Select(static line => $"  {line}"));
}
