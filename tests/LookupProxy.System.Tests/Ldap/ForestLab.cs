using System.Net;
using System.Text;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Samba;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>
/// An Active Directory forest (Samba) and an OpenLDAP server without the memberof overlay share corp.example, behind the LDAP endpoint with all that is passed
/// through. The forest's users log on with names in contoso.local, which is no mail domain, and it locks an account after five wrong passwords.
/// </summary>
public sealed class ForestLab : IAsyncLifetime
{
    public const string Password = "Geheim-Pw1!";
    public const string GatewayName = "cn=gateway,o=lookupproxy";
    public const string AccountPassword = "secret";

    private readonly TemporaryFolder _folder = new("forest");

    internal SambaForest Forest { get; private set; } = null!;

    internal OpenLdap Unix { get; private set; } = null!;

    internal LookupProxyServer Proxy { get; private set; } = null!;

    public string Url => $"ldaps://127.0.0.1:{Proxy.LdapTlsPort}";

    public string NameOf(string name) => $"CN={name},OU=Mail,{Forest.BaseDn}";

    public async ValueTask InitializeAsync()
    {
        var forest = SambaForest.StartAsync("contoso");
        Unix = await OpenLdap.StartAsync(new SlapdOptions
        {
            Suffix = "dc=unix,dc=example",
            Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback),
            Ldif = $"""
                {People.LdifWithUnit("dc=unix,dc=example", "tom@corp.example", "jane@corp.example")}
                dn: cn=crew,dc=unix,dc=example
                objectClass: groupOfNames
                cn: crew
                member: uid=tom,{People.BaseDn("dc=unix,dc=example")}
                """,
        });
        Forest = await forest;
        await Forest.ChangeAsync(Data());
        var server = TestAuthority.Trusted.Issue(IPAddress.Loopback);
        var certificate = _folder.Write("server.pem", server.Certificate);
        var key = _folder.Write("server.key", server.Key);
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              contoso:
                type: ldap
                schema: active-directory
                servers: ["ldaps://{{Forest.Address}}"]
                baseDn: "{{Forest.BaseDn}}"
                bindDn: {{Forest.ServiceName}}
                passwordFile: {{proxy.PasswordFile("contoso")}}
                tls: { caFile: {{proxy.AuthorityFile}} }
                attributes: [member]
              unix:
                type: ldap
                schema: openldap
                servers: ["{{Unix.Url}}"]
                baseDn: "{{People.BaseDn(Unix.Suffix)}}"
                bindDn: "{{Unix.ServiceDn}}"
                passwordFile: {{proxy.PasswordFile("unix")}}
                tls: { caFile: {{proxy.AuthorityFile}}, startTls: true }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, unix] }
            endpoints:
              ldap:
                listen: ["127.0.0.1:{{proxy.LdapPort}}"]
                listenTls: ["127.0.0.1:{{proxy.LdapTlsPort}}"]
                tls: { certificateFile: {{certificate}}, keyFile: {{key}} }
                accounts:
                  - { dn: "{{GatewayName}}", password: {{AccountPassword}} }
                passThrough:
                  search: { enabled: true, timeout: 10s, filterAttributes: [memberOf, member] }
                  bind: { enabled: true, delay: 1m }
              http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Proxy, Forest, Unix]);

        _folder.Dispose();
    }

    /// <summary>As an end user, over LDAPS.</summary>
    internal Task<CommandResult> WhoAmIAsync(string user, string password) => RunAsync("ldapwhoami", ["-H", Url, "-x", "-D", user, "-w", password]);

    /// <summary>The same over StartTLS.</summary>
    internal Task<CommandResult> WhoAmIWithStartTlsAsync(string user, string password) =>
        RunAsync("ldapwhoami", ["-H", $"ldap://127.0.0.1:{Proxy.LdapPort}", "-ZZ", "-x", "-D", user, "-w", password]);

    /// <summary>At the forest itself.</summary>
    internal Task<CommandResult> BindInForestAsync(string user, string password) =>
        RunAsync("ldapsearch", ["-H", $"ldaps://{Forest.Address}", "-x", "-D", user, "-w", password, "-b", "", "-s", "base", "1.1"]);

    internal Task<CommandResult> SearchAsync(params string[] arguments) => SearchBelowAsync("o=lookupproxy", arguments);

    internal Task<CommandResult> SearchBelowAsync(string @base, params string[] arguments) =>
        RunAsync("ldapsearch", ["-H", Url, "-x", "-LLL", "-o", "ldif-wrap=no", "-D", GatewayName, "-w", AccountPassword, "-b", @base, .. arguments]);

    private Task<CommandResult> RunAsync(string program, string[] arguments) =>
        OpenLdapProgram.RunAsync(program, Proxy.AuthorityFile, arguments);

    private string Data()
    {
        var text = new StringBuilder();
        foreach (var (name, more) in ((string, string)[])
        [
            ("anna", "userAccountControl: 512"),
            ("nested", "userAccountControl: 512"),
            ("off", "userAccountControl: 514"),
            ("new", "userAccountControl: 512\npwdLastSet: 0"),
            // 1999.
            ("expired", "userAccountControl: 512\naccountExpires: 125911584000000000"),
            ("guessed", "userAccountControl: 512"),
            ("locked", "userAccountControl: 512"),
        ])
        {
            text.Append($"""
                dn: {NameOf(name)}
                objectClass: user
                sAMAccountName: {name}
                userPrincipalName: {name}.logon@contoso.local
                unicodePwd:: {Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{Password}\""))}
                mail: {name}@corp.example
                proxyAddresses: SMTP:{name}@corp.example
                proxyAddresses: smtp:{name}.alias@corp.example
                {more}


                """);
        }

        return text.Append($"""
            dn: {NameOf("inner")}
            objectClass: group
            sAMAccountName: inner
            groupType: 8
            mail: inner@corp.example
            member: {NameOf("nested")}

            dn: {NameOf("outer")}
            objectClass: group
            sAMAccountName: outer
            groupType: 8
            mail: outer@corp.example
            member: {NameOf("inner")}
            member: {NameOf("anna")}

            dn: {Forest.BaseDn}
            changetype: modify
            replace: lockoutThreshold
            lockoutThreshold: 5

            """).ToString();
    }
}
