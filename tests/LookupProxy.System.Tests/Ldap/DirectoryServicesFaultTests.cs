using System.DirectoryServices.Protocols;
using System.Net;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>.NET's own client reads a list while a directory goes away.</summary>
[Collection(nameof(AloneCollection))]
public sealed class DirectoryServicesFaultTests : IAsyncLifetime
{
    private readonly PassThroughLab _lab = new();

    public ValueTask InitializeAsync() => _lab.InitializeAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_directory_that_stops_in_the_middle_ends_the_list_with_unavailable_after_what_was_found()
    {
        using var connection = Connect();
        var page = new PageResultRequestControl(100);
        var search = new SearchRequest("o=lookupproxy", "(objectClass=*)", SearchScope.Subtree, "mail");
        search.Controls.Add(page);
        var found = Send(connection, search, page, out var code);
        Assert.Equal(ResultCode.Success, code);
        Assert.Equal(100, found);

        await _lab.Fabrikam.KillAsync();
        while (code == ResultCode.Success && page.Cookie.Length > 0)
            found += Send(connection, search, page, out code);

        Assert.Equal(ResultCode.Unavailable, code);
        Assert.InRange(found, PassThroughLab.PeopleOfEach, PassThroughLab.Everybody - 1);
    }

    private static int Send(LdapConnection connection, SearchRequest search, PageResultRequestControl page, out ResultCode code)
    {
        SearchResponse response;
        try
        {
            response = (SearchResponse)connection.SendRequest(search);
        }
        catch (DirectoryOperationException exception) when (exception.Response is SearchResponse failed)
        {
            response = failed;
        }

        code = response.ResultCode;
        page.Cookie = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
        return response.Entries.Count;
    }

    private LdapConnection Connect()
    {
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier("127.0.0.1", _lab.Port), new NetworkCredential(PassThroughLab.GatewayName, PassThroughLab.AccountPassword), AuthType.Basic);
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Timeout = TimeSpan.FromSeconds(30);
        connection.Bind();
        return connection;
    }
}
