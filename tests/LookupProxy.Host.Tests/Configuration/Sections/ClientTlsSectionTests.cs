using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Host.Tests.Configuration.Sections;

public sealed class ClientTlsSectionTests : IDisposable
{
    private readonly ConfigurationText _text = new();
    private readonly TestPki _pki = new("Root");

    public void Dispose()
    {
        _pki.Dispose();
        _text.Dispose();
    }

    [Fact]
    public void Authorities_without_a_root_are_refused_since_no_chain_would_end_there()
    {
        var issued = _pki.Server("Issuing");

        Assert.Equal(
            ["lookupproxy.yaml:10:12: error: directories.tree.tls.caFile: ca.pem holds no certificate of a root authority: CN=Issuing was issued by CN=Root; add that one's"],
            Faults(File.ReadAllText(issued.CertificateFile)));
        Assert.Empty(Faults(File.ReadAllText(issued.CertificateFile) + "\n" + File.ReadAllText(_pki.AuthorityFile)));
    }

    private string[] Faults(string authorities)
    {
        _text.Write("ca.pem", authorities);
        return _text.Faults("""
            endpoints: { http: { listen: "127.0.0.1:10080" } }
            namespaces:
              shared: { domains: [corp.example], directories: [tree] }
            directories:
              tree:
                type: ldap
                schema: openldap
                servers: ldaps://ldap.example
                baseDn: dc=example
                tls: { caFile: ca.pem }
            """);
    }
}
