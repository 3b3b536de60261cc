using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>
/// Two OpenLDAP servers with 1200 people each, and a list, behind the LDAP endpoint with all that is passed through. contoso is asked as an Active
/// Directory would be, over LDAPS, fabrikam with StartTLS. anna is contoso's, zoe fabrikam's, both@ is in both.
/// </summary>
public sealed class PassThroughLab : IAsyncLifetime
{
    public const int PeopleOfEach = 1200;
    public const string Password = "geheim";
    public const string GatewayName = "cn=gateway,o=lookupproxy";
    public const string LimitedName = "cn=limited,o=lookupproxy";
    public const string AccountPassword = "secret";

    /// <summary>contoso0 to 1199, fabrikam0 to 1199, anna, zoe, both, and listed of the list.</summary>
    public const int Everybody = (2 * PeopleOfEach) + 4;

    private const string PrincipalNames = """
        moduleload memberof
        attributetype ( 1.3.6.1.4.1.99999.1.1 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
        objectclass ( 1.3.6.1.4.1.99999.2.1 NAME 'principal' SUP top AUXILIARY MAY userPrincipalName )
        """;

    private readonly TemporaryFolder _folder = new("passthrough");

    internal OpenLdap Contoso { get; private set; } = null!;

    internal OpenLdap Fabrikam { get; private set; } = null!;

    internal LookupProxyServer Proxy { get; private set; } = null!;

    public int Port => Proxy.LdapPort;

    public string Url => $"ldap://127.0.0.1:{Proxy.LdapPort}";

    public async ValueTask InitializeAsync()
    {
        Contoso = await OpenLdap.StartAsync(Options("contoso", "anna", "userPrincipalName: as@corp.example"));
        Fabrikam = await OpenLdap.StartAsync(Options("fabrikam", "zoe", "userPrincipalName: unused@corp.example"));
        await Contoso.AddAsync($"""
            dn: cn=staff,{Contoso.Suffix}
            objectClass: groupOfNames
            cn: staff
            member: uid=anna,{People.BaseDn(Contoso.Suffix)}
            member: uid=contoso7,{People.BaseDn(Contoso.Suffix)}

            """);
        var list = _folder.Write("list.txt", "listed@corp.example\n");
        var server = TestAuthority.Trusted.Issue(IPAddress.Loopback);
        var certificate = _folder.Write("server.pem", server.Certificate);
        var key = _folder.Write("server.key", server.Key);
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              contoso:
                type: ldap
                schema: active-directory
                filter: "(|(mail={address})(mailLocalAddress={address}))"
                primaryAddress: mail
                servers: ["{{Contoso.TlsUrl}}"]
                baseDn: "{{People.BaseDn(Contoso.Suffix)}}"
                bindDn: "{{Contoso.ServiceDn}}"
                passwordFile: {{proxy.PasswordFile("contoso")}}
                tls: { caFile: {{proxy.AuthorityFile}} }
              fabrikam:
                type: ldap
                schema: openldap
                servers: ["{{Fabrikam.Url}}"]
                baseDn: "{{Fabrikam.Suffix}}"
                bindDn: "{{Fabrikam.ServiceDn}}"
                passwordFile: {{proxy.PasswordFile("fabrikam")}}
                tls: { caFile: {{proxy.AuthorityFile}}, startTls: true }
              list: { type: file, path: {{list}}, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, fabrikam, list] }
            endpoints:
              ldap:
                listen: ["127.0.0.1:{{proxy.LdapPort}}"]
                listenTls: ["127.0.0.1:{{proxy.LdapTlsPort}}"]
                tls: { certificateFile: {{certificate}}, keyFile: {{key}} }
                accounts:
                  - { dn: "{{GatewayName}}", password: {{AccountPassword}} }
                  - { dn: "{{LimitedName}}", password: {{AccountPassword}} }
                rules:
                  - { name: elsewhere, action: deny, networks: [192.0.2.0/24] }
                  - { name: limited, action: allow, accounts: ["{{LimitedName}}"], questions: [address], attributes: [mail] }
                  - { name: limited-no-more, action: deny, accounts: ["{{LimitedName}}"] }
                  - { name: the-rest, action: allow, namespaces: [shared] }
                passThrough:
                  search: { enabled: true, timeout: 10s }
                  bind: { enabled: true, delay: 30s, slowAfter: 4 }
              http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Proxy, Contoso, Fabrikam]);

        _folder.Dispose();
    }

    internal Task<CommandResult> SearchAsync(params string[] arguments) => SearchAsAsync(GatewayName, ["-b", "o=lookupproxy", .. arguments]);

    internal Task<CommandResult> SearchAsAsync(string account, params string[] arguments) =>
        RunAsync("ldapsearch", ["-x", "-LLL", "-o", "ldif-wrap=no", "-D", account, "-w", AccountPassword, .. arguments]);

    /// <summary>Binds as an end user.</summary>
    internal Task<CommandResult> WhoAmIAsync(string user, string password) => RunAsync("ldapwhoami", ["-x", "-D", user, "-w", password]);

    internal Task<CommandResult> RunAsync(string program, string[] arguments) =>
        OpenLdapProgram.RunAsync(program, Proxy.AuthorityFile, ["-H", Url, .. arguments]);

    private static SlapdOptions Options(string name, string user, string principal)
    {
        var suffix = $"dc={name},dc=example";
        var people = Enumerable.Range(0, PeopleOfEach).Select(number => $"{name}{number}@corp.example").Append("both@corp.example");
        return new SlapdOptions
        {
            Suffix = suffix,
            Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback),
            GlobalSettings = PrincipalNames,
            DatabaseSettings = $"limits dn.exact=\"cn=svc-lookup,{suffix}\" size=unlimited\noverlay memberof",
            Ldif = $"""
                {People.LdifWithUnit(suffix, people)}
                dn: uid={user},{People.BaseDn(suffix)}
                objectClass: inetOrgPerson
                objectClass: inetLocalMailRecipient
                objectClass: principal
                uid: {user}
                cn: {user}
                sn: {user}
                mail: {user}@corp.example
                mailLocalAddress: {user}.alias@corp.example
                {principal}
                userPassword: {Password}
                """,
        };
    }
}
