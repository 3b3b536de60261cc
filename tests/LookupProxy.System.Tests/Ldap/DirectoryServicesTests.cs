using System.DirectoryServices.Protocols;
using System.Net;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>.NET's own client, as programs for Windows gateways use it.</summary>
[Collection(nameof(AloneCollection))]
public sealed class DirectoryServicesTests(LdapLab lab) : IClassFixture<LdapLab>
{
    [Fact]
    public void It_binds_pages_and_finds_a_recipient()
    {
        using var connection = Connect();
        connection.Bind();
        var request = new SearchRequest("o=lookupproxy", "(|(mail=anna@corp.example)(proxyAddresses=smtp:anna@corp.example))", SearchScope.Subtree, "mail", "proxyAddresses");
        request.Controls.Add(new PageResultRequestControl(100));

        var response = (SearchResponse)connection.SendRequest(request);

        Assert.Equal(ResultCode.Success, response.ResultCode);
        Assert.Equal("anna@corp.example", Assert.Single(response.Entries.Cast<SearchResultEntry>()).Attributes["mail"][0]);
        Assert.Empty(Assert.Single(response.Controls.OfType<PageResultResponseControl>()).Cookie);
    }

    [Fact]
    public void A_wrong_password_and_an_absent_recipient_are_what_they_are()
    {
        using var connection = Connect();
        connection.Bind();
        var response = (SearchResponse)connection.SendRequest(new SearchRequest("o=lookupproxy", "(mail=nobody@corp.example)", SearchScope.Subtree));
        Assert.Equal(ResultCode.Success, response.ResultCode);
        Assert.Empty(response.Entries);

        using var stranger = Connect("wrong");
        Assert.Equal(49, Assert.Throws<LdapException>(stranger.Bind).ErrorCode);
    }

    [Fact]
    public void Not_known_is_an_error()
    {
        using var connection = Connect();
        connection.Bind();

        var exception = Assert.Throws<DirectoryOperationException>(
            () => connection.SendRequest(new SearchRequest("o=lookupproxy", "(mail=anna@dark.example)", SearchScope.Subtree)));

        Assert.Equal(ResultCode.Unavailable, exception.Response.ResultCode);
    }

    private LdapConnection Connect(string password = LdapLab.GatewayPassword)
    {
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", lab.Port), new NetworkCredential(LdapLab.GatewayName, password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        return connection;
    }
}
