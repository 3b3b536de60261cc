using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using static LookupProxy.Ldap.Client.Tests.Sessions.Reading;

namespace LookupProxy.Ldap.Client.Tests.Sessions;

public class PagesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(35, 4)]
    public async Task All_entries_come_page_by_page(int people, int pages)
    {
        var paged = new PagedAnswer(estimate: people);
        await using var server = new ScriptedLdapServer().WithPeople(people).OnSearch(paged.RunAsync).Start();

        var (names, reading) = await ReadAsync(server, pageSize: 10);

        Assert.Equal(Enumerable.Range(0, people).Select(i => $"uid=u{i},dc=contoso"), names);
        Assert.True(reading.End!.IsSuccess);
        Assert.Equal(pages, paged.Pages);
        Assert.Equal(people == 0 ? null : people, reading.Estimate);
    }

    [Fact]
    public async Task A_server_that_cuts_the_pages_is_read_whole()
    {
        var paged = new PagedAnswer(maxPageSize: 7);
        await using var server = new ScriptedLdapServer().WithPeople(20).OnSearch(paged.RunAsync).Start();

        var (names, reading) = await ReadAsync(server, pageSize: 1000);

        Assert.Equal(20, names.Count);
        Assert.Equal(3, paged.Pages);
        Assert.True(reading.End!.IsSuccess);
    }

    [Fact]
    public async Task A_server_that_does_not_page_is_read_whole()
    {
        await using var server = new ScriptedLdapServer().WithPeople(20).Start();

        var (names, reading) = await ReadAsync(server, pageSize: 10);

        Assert.Equal(20, names.Count);
        Assert.True(reading.End!.IsSuccess);
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.UnwillingToPerform)]
    public async Task A_page_that_is_refused_ends_the_reading_with_its_code(ResultCode code)
    {
        await using var server = new ScriptedLdapServer().WithPeople(35).OnSearch(new PagedAnswer().Instead(3, LdapScripts.Result(code)).RunAsync).Start();

        var (names, reading) = await ReadAsync(server, pageSize: 10);

        Assert.Equal(20, names.Count);
        Assert.False(reading.End!.IsSuccess);
        Assert.Equal(code, reading.End.Result!.Code);
    }

    [Fact]
    public async Task A_page_on_which_the_connection_is_lost_ends_the_reading_with_a_fault()
    {
        await using var server = new ScriptedLdapServer().WithPeople(35).OnSearch(new PagedAnswer().Instead(3, LdapScripts.CloseInMidAnswer).RunAsync).Start();

        var (_, reading) = await ReadAsync(server, pageSize: 10);

        reading.End.MustBeFault(LdapFaultKind.ConnectionLost);
    }

    [Fact]
    public async Task A_cookie_that_cannot_be_read_is_not_the_last_page()
    {
        var paged = new PagedAnswer().Instead(2, exchange =>
            exchange.SendAsync(new SearchResultDone(new LdapResult(ResultCode.Success)), new LdapControl(Oids.PagedResults, Value: new byte[] { 0x30, 0x05, 0x02 })));
        await using var server = new ScriptedLdapServer().WithPeople(35).OnSearch(paged.RunAsync).Start();

        var (_, reading) = await ReadAsync(server, pageSize: 10);

        reading.End.MustBeFault(LdapFaultKind.ProtocolError);
    }

    [Fact]
    public async Task A_search_between_two_pages_does_not_disturb_them()
    {
        await using var server = new ScriptedLdapServer().WithPeople(15).OnSearch(new PagedAnswer().RunAsync).Start();
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var pages = new LdapPages(session, Everybody, 10, Silence);

        Assert.Equal(10, (await pages.Next()!.ReadAllAsync()).Count);
        Assert.Single(await session.Search(Clients.Ask("u3@shared.example"), [], Silence).ReadAllAsync());
        Assert.Equal(5, (await pages.Next()!.ReadAllAsync()).Count);
        Assert.Null(pages.Next());

        Assert.True(pages.End!.IsSuccess);
    }

    [Fact]
    public async Task A_server_that_never_comes_to_an_end_is_given_up()
    {
        await using var server = new ScriptedLdapServer()
            .OnSearch(exchange => exchange.SendAsync(new SearchResultDone(new LdapResult(ResultCode.Success)), new PagedResults(0, new byte[] { 1 }).ToControl()))
            .Start();

        var (names, reading) = await ReadAsync(server, pageSize: 10);

        Assert.Empty(names);
        reading.End.MustBeFault(LdapFaultKind.ProtocolError);
    }

    private static async Task<(List<string> Names, LdapPages Pages)> ReadAsync(ScriptedLdapServer server, int pageSize)
    {
        await using var client = server.Options().Client();
        await using var session = await client.OpenAsync();
        var pages = new LdapPages(session, Everybody, pageSize, Silence);
        return (await pages.ReadAllAsync(), pages);
    }
}
