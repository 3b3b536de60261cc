using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Slapd;

/// <summary>slapd.conf(5) and the first entries.</summary>
internal static class SlapdConfiguration
{
    public static string Render(SlapdOptions options, string adminDn, string database, TemporaryFolder folder) =>
        $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        include /etc/ldap/schema/misc.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        pidfile {folder.File("slapd.pid")}
        argsfile {folder.File("slapd.args")}
        {Tls(options, folder)}
        {options.GlobalSettings}
        {options.Access}
        database config
        rootdn "cn=config"
        rootpw {OpenLdap.ServicePassword}
        database mdb
        suffix "{options.Suffix}"
        rootdn "{adminDn}"
        rootpw {OpenLdap.ServicePassword}
        directory {database}
        maxsize 67108864
        # A test's database need not outlive the machine.
        dbnosync
        index objectClass,mail,mailLocalAddress eq
        {options.DatabaseSettings}

        """;

    public static string Data(SlapdOptions options)
    {
        var first = options.Suffix.Split(',')[0].Split('=')[1];
        return $"""
            dn: {options.Suffix}
            objectClass: dcObject
            objectClass: organization
            o: {first}
            dc: {first}

            dn: cn=svc-lookup,{options.Suffix}
            objectClass: person
            cn: svc-lookup
            sn: lookup
            userPassword: {options.ServicePassword}

            {options.Ldif}

            """;
    }

    private static string Tls(SlapdOptions options, TemporaryFolder folder)
    {
        if (options.Certificate is not { } certificate)
            return "";
        return $"""
            TLSCACertificateFile {folder.Write("ca.pem", certificate.Authority)}
            TLSCertificateFile {folder.Write("server.pem", certificate.Certificate)}
            TLSCertificateKeyFile {folder.Write("server.key", certificate.Key)}
            """;
    }
}
