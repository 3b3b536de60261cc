using System.DirectoryServices.Protocols;
using System.Net;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>.NET's own client under TLS: it trusts the authority that LookupProxy's certificate is of, and no other.</summary>
[Collection(nameof(AloneCollection))]
public sealed class DirectoryServicesTlsTests(TlsListLab lab) : IClassFixture<TlsListLab>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_binds_searches_and_pages(bool startTls)
    {
        using var connection = Connect(startTls, "trusted");
        connection.Bind();

        var one = (SearchResponse)connection.SendRequest(new SearchRequest("o=lookupproxy", "(mail=user7@corp.example)", SearchScope.Subtree, "mail"));
        Assert.Equal("user7@corp.example", Assert.Single(one.Entries.Cast<SearchResultEntry>()).Attributes["mail"][0]);

        var page = new PageResultRequestControl(100);
        var search = new SearchRequest("o=lookupproxy", "(objectClass=*)", SearchScope.Subtree, "mail");
        search.Controls.Add(page);
        var pages = new List<int>();
        do
        {
            var response = (SearchResponse)connection.SendRequest(search);
            Assert.Equal(ResultCode.Success, response.ResultCode);
            pages.Add(response.Entries.Count);
            page.Cookie = Assert.Single(response.Controls.OfType<PageResultResponseControl>()).Cookie;
        }
        while (page.Cookie.Length > 0);

        Assert.Equal([100, 100, 50], pages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_password_is_one_under_TLS_too(bool startTls)
    {
        using var connection = Connect(startTls, "trusted", "wrong");

        Assert.Equal(49, Assert.Throws<LdapException>(connection.Bind).ErrorCode);
    }

    [Fact]
    public void An_authority_that_it_does_not_know_is_no_connection()
    {
        using var connection = Connect(startTls: false, "stranger");

        // LDAP_SERVER_DOWN
        Assert.Equal(81, Assert.Throws<LdapException>(connection.Bind).ErrorCode);
    }

    private LdapConnection Connect(bool startTls, string authorities, string password = TlsListLab.GatewayPassword)
    {
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", startTls ? lab.Proxy.LdapPort : lab.Proxy.LdapTlsPort), new NetworkCredential(TlsListLab.GatewayName, password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        connection.SessionOptions.TrustedCertificatesDirectory = lab.Authorities(authorities);
        connection.SessionOptions.StartNewTlsSessionContext();
        if (!startTls)
        {
            connection.SessionOptions.SecureSocketLayer = true;
            return connection;
        }

        // On Linux it learns the server's address only by a bind: without one it would start TLS with localhost:389.
        connection.AuthType = AuthType.Anonymous;
        connection.Bind(new NetworkCredential());
        connection.SessionOptions.StartTransportLayerSecurity(null);
        connection.AuthType = AuthType.Basic;
        connection.Credential = new NetworkCredential(TlsListLab.GatewayName, password);
        return connection;
    }
}
