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

    [Fact]
    public void Many_searches_at_once_have_each_its_own_answer()
    {
        using var connection = Connect();
        connection.Bind();
        string[] addresses = [.. Enumerable.Range(0, 200).Select(static number => number % 3 == 0 ? "anna@corp.example" : number % 3 == 1 ? "zoe@corp.example" : $"nobody{number}@corp.example")];

        var begun = addresses.Select(address => connection.BeginSendRequest(Search($"(mail={address})"), PartialResultProcessing.NoPartialResultSupport, null, null)).ToArray();

        foreach (var (address, result) in addresses.Zip(begun))
        {
            var response = (SearchResponse)connection.EndSendRequest(result);
            Assert.Equal(address.StartsWith("nobody", StringComparison.Ordinal) ? [] : [address], response.Entries.Cast<SearchResultEntry>().Select(static entry => (string)entry.Attributes["mail"][0]));
        }
    }

    [Fact]
    public void Limits_types_and_controls_are_heeded()
    {
        using var connection = Connect();
        connection.Bind();
        var request = Search("(|(mail=anna@corp.example)(mail=zoe@corp.example))");
        request.SizeLimit = 1;
        request.TimeLimit = TimeSpan.FromSeconds(5);
        request.TypesOnly = true;
        request.Controls.Add(new DomainScopeControl());
        request.Controls.Add(new ShowDeletedControl());
        request.Controls.Add(new SearchOptionsControl(System.DirectoryServices.Protocols.SearchOption.PhantomRoot));

        var exception = Assert.Throws<DirectoryOperationException>(() => connection.SendRequest(request));

        Assert.Equal(ResultCode.SizeLimitExceeded, exception.Response.ResultCode);
        Assert.Empty(Assert.Single(((SearchResponse)exception.Response).Entries.Cast<SearchResultEntry>()).Attributes["mail"]);
    }

    [Fact]
    public void Changes_are_refused_and_a_comparison_too()
    {
        using var connection = Connect();
        connection.Bind();
        const string anna = "cn=anna@corp.example,o=lookupproxy";

        foreach (var request in (DirectoryRequest[])
        [
            new AddRequest("cn=new,o=lookupproxy", new DirectoryAttribute("objectClass", "person")),
            new ModifyRequest(anna, DirectoryAttributeOperation.Replace, "mail", "x@corp.example"),
            new DeleteRequest(anna),
            new ModifyDNRequest(anna, "o=lookupproxy", "cn=x"),
            new CompareRequest(anna, "mail", "anna@corp.example"),
        ])
        {
            var exception = Assert.Throws<DirectoryOperationException>(() => connection.SendRequest(request));
            Assert.Equal(ResultCode.UnwillingToPerform, exception.Response.ResultCode);
        }

        // The connection is as good as before.
        Assert.Single(((SearchResponse)connection.SendRequest(Search("(mail=anna@corp.example)"))).Entries);
    }

    private static SearchRequest Search(string filter) => new("o=lookupproxy", filter, SearchScope.Subtree, "mail");

    private LdapConnection Connect(string password = LdapLab.GatewayPassword)
    {
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", lab.Port), new NetworkCredential(LdapLab.GatewayName, password), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        return connection;
    }
}
