using System.DirectoryServices.Protocols;
using System.Net;
using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>A directory that goes away: the list is not whole, and a password is neither right nor wrong.</summary>
public sealed class PassThroughFaultTests : IAsyncLifetime
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

    [Fact]
    public async Task A_directory_that_is_away_leaves_the_other_one_and_says_so()
    {
        await _lab.Fabrikam.ShutDownAsync();

        var result = await _lab.SearchAsync("-E", "pr=100/noprompt", "(objectClass=*)", "mail");

        Assert.Equal(52, result.ExitCode);
        Assert.Contains("dn: cn=contoso1199@corp.example,o=lookupproxy", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dn: cn=fabrikam", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_directory_is_away_hears_unavailable_and_the_others_bind()
    {
        Assert.Equal(0, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
        await _lab.Fabrikam.ShutDownAsync();

        for (var i = 0; i < 6; i++)
            Assert.Equal(52, (await _lab.WhoAmIAsync("zoe@corp.example", i < 3 ? PassThroughLab.Password : "wrong")).ExitCode);
        Assert.Equal(52, (await _lab.WhoAmIAsync("fabrikam5@corp.example", "wrong")).ExitCode);
        Assert.Equal(0, (await _lab.WhoAmIAsync("anna@corp.example", PassThroughLab.Password)).ExitCode);

        await _lab.Fabrikam.RestartAsync();
        await Eventually.TrueAsync(
            async () => (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode == 0,
            TimeSpan.FromSeconds(2),
            static () => "fabrikam's users bind again");
    }

    [Fact]
    public async Task A_directory_that_hangs_is_unavailable_in_time()
    {
        Assert.Equal(0, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
        _lab.Fabrikam.Suspend();
        try
        {
            Assert.Equal(52, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
            Assert.Equal(52, (await _lab.SearchAsync("(objectClass=*)", "mail")).ExitCode);
        }
        finally
        {
            _lab.Fabrikam.Resume();
        }
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
