using System.Collections.Immutable;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Endpoints.Tests.Connections;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Enumerating;

public sealed class PagingTests
{
    private static readonly SearchRequest Everybody = LdapClient.Search("(objectClass=*)", attributes: "mail");

    private readonly FakeSearch _contoso = new FakeSearch("contoso").WithMany(13, "a");
    private readonly FakeSearch _fabrikam = new FakeSearch("fabrikam").WithMany(12, "b");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Pages_make_up_the_list_each_entry_once(int size)
    {
        var client = Lists.Fixture(static options => options, _contoso, _fabrikam).Connect();
        var names = new List<string>();
        var cookie = ReadOnlyMemory<byte>.Empty;
        do
        {
            var page = await PageAsync(client, size, cookie);
            Assert.Equal(ResultCode.Success, page.Result.Code);
            Assert.True(page.Names.Length == size || page.Cookie.IsEmpty);
            names.AddRange(page.Names);
            cookie = page.Cookie;
        }
        while (!cookie.IsEmpty);

        Assert.Equal(25, names.Count);
        Assert.Equal(25, names.Distinct().Count());
    }

    [Fact]
    public async Task A_list_that_breaks_ends_its_last_page_with_the_failure()
    {
        var broken = new FakeSearch("fabrikam") { Fails = new ListingException(UnknownReason.ConnectionLost, "gone") }.WithMany(12, "b");
        var client = Lists.Fixture(static options => options, _contoso, broken).Connect();
        var codes = new List<ResultCode>();
        var cookie = ReadOnlyMemory<byte>.Empty;
        do
        {
            var page = await PageAsync(client, 10, cookie);
            codes.Add(page.Result.Code);
            cookie = page.Cookie;
        }
        while (!cookie.IsEmpty);

        Assert.Equal([ResultCode.Success, ResultCode.Success, ResultCode.Unavailable], codes);
    }

    [Fact]
    public async Task A_cookie_is_good_once()
    {
        var client = Lists.Fixture(static options => options, _contoso, _fabrikam).Connect();
        var first = await PageAsync(client, 5, default);
        Assert.Equal(16, first.Cookie.Length);
        var second = await PageAsync(client, 5, first.Cookie);
        Assert.NotEqual(first.Cookie.ToArray(), second.Cookie.ToArray());

        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, first.Cookie)).Result.Code);
        Assert.Equal(ResultCode.Success, (await PageAsync(client, 5, second.Cookie)).Result.Code);
    }

    [Fact]
    public async Task A_cookie_is_for_its_connection_and_its_search()
    {
        var fixture = Lists.Fixture(static options => options, _contoso, _fabrikam);
        var client = fixture.Connect();
        var cookie = (await PageAsync(client, 5, default)).Cookie;

        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(fixture.Connect(), 5, cookie)).Result.Code);
        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, cookie, LdapClient.Search("(objectClass=user)", attributes: "mail"))).Result.Code);
        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, new byte[16])).Result.Code);
        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, new byte[3])).Result.Code);
        Assert.Equal(ResultCode.Success, (await PageAsync(client, 6, cookie)).Result.Code);
    }

    [Fact]
    public async Task A_cookie_that_is_not_used_in_time_is_forgotten_and_frees_its_place()
    {
        var fixture = Lists.Fixture(static options => options with { Search = options.Search! with { MaxConcurrent = 1 } }, _contoso, _fabrikam);
        var client = fixture.Connect();
        var cookie = (await PageAsync(client, 5, default)).Cookie;
        Assert.Equal(ResultCode.Busy, (await PageAsync(client, 5, default)).Result.Code);

        fixture.Time.Advance(new PassThroughSearchOptions().CookieLifetime);

        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, cookie)).Result.Code);
        Assert.Equal(ResultCode.Success, (await PageAsync(client, 5, default)).Result.Code);
    }

    [Fact]
    public async Task A_page_of_no_entries_ends_it()
    {
        var fixture = Lists.Fixture(static options => options with { Search = options.Search! with { MaxConcurrent = 1 } }, _contoso, _fabrikam);
        var client = fixture.Connect();
        var cookie = (await PageAsync(client, 5, default)).Cookie;

        var end = await PageAsync(client, 0, cookie);

        Assert.Empty(end.Names);
        Assert.True(end.Cookie.IsEmpty);
        Assert.Equal(ResultCode.Success, end.Result.Code);
        Assert.Equal(ResultCode.Success, (await PageAsync(client, 5, default)).Result.Code);
    }

    [Fact]
    public async Task Who_binds_anew_can_not_go_on_with_the_others_list()
    {
        var client = Lists.Fixture(static options => options, _contoso, _fabrikam).Connect();
        var cookie = (await PageAsync(client, 5, default)).Cookie;
        await client.BindAsync(LdapFixture.GatewayName, "secret");

        Assert.Equal(ResultCode.UnwillingToPerform, (await PageAsync(client, 5, cookie)).Result.Code);
    }

    [Fact]
    public async Task One_connection_keeps_a_few_lists_open_and_the_end_of_it_frees_them()
    {
        var fixture = Lists.Fixture(static options => options, new FakeSearch("contoso").WithMany(2000, "a"), _fabrikam);
        var client = fixture.Connect();
        for (var i = 0; i < 4; i++)
            Assert.Equal(ResultCode.Success, (await PageAsync(client, 1, default)).Result.Code);
        Assert.Equal(ResultCode.Busy, (await PageAsync(client, 1, default)).Result.Code);

        client.Send(new UnbindRequest());
        await client.ReceiveAllAsync();

        while (((FakeSearch)fixture.Searches["contoso"]).Open > 0)
            await Task.Yield();
    }

    /// <summary>What a client does not read to its end must not stay in memory until its connection ends.</summary>
    [Fact]
    public async Task A_list_is_kept_by_its_cookie_alone_between_two_pages()
    {
        var fixture = Lists.Fixture(static options => options, _contoso, _fabrikam);
        var services = fixture.NewServices();
        var signal = new LoopSignal();
        var outstanding = new OutstandingSearches(maximum: 16, signal, fixture.Time);
        await using var wire = new LdapWire(new TestConnection());
        using var others = new OtherSearches(wire, services, outstanding);
        var rights = ClientRights.OfNobody(services, client: null);

        Assert.Null(others.Begin(new LdapMessage(1, Everybody) { Controls = [new PagedResults(5, default).ToControl()] }, Everybody, rights, began: -1));
        Assert.Equal(1, outstanding.Count);
        while (outstanding.Count > 0)
        {
            if (outstanding.TryTake(out var search))
                others.Finish(search!, search!.Turn!);
            else
                await signal.WaitAsync();
        }

        Assert.Equal(0, others.Running);
    }

    [Fact]
    public async Task The_clients_size_limit_counts_over_all_pages()
    {
        var client = Lists.Fixture(static options => options, _contoso, _fabrikam).Connect();
        var limited = Everybody with { SizeLimit = 8 };
        var first = await PageAsync(client, 5, default, limited);

        var second = await PageAsync(client, 5, first.Cookie, limited);

        Assert.Equal(3, second.Names.Length);
        Assert.Equal(ResultCode.SizeLimitExceeded, second.Result.Code);
    }

    private static async Task<(ImmutableArray<string> Names, LdapResult Result, ReadOnlyMemory<byte> Cookie)> PageAsync(
        LdapClient client, int size, ReadOnlyMemory<byte> cookie, SearchRequest? search = null)
    {
        var id = client.Send(search ?? Everybody, new PagedResults(size, cookie).ToControl());
        var names = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var message = await client.ReceiveAsync();
            Assert.Equal(id, message.MessageId);
            if (message.Operation is SearchResultDone done)
            {
                var paged = PagedResults.TryRead(message.Controls.Find(LookupProxy.Ldap.Oids.PagedResults), out var control) ? control.Cookie : default;
                return (names.DrainToImmutable(), done.Result, paged);
            }

            names.Add(Assert.IsType<SearchResultEntry>(message.Operation).ObjectName);
        }
    }
}
