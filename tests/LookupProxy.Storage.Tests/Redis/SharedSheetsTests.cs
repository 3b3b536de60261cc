using LookupProxy.Core.Storage;
using LookupProxy.Storage.Tests.Encoding;
using LookupProxy.Storage.Tests.Redis.Servers;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Storage.Tests.Redis;

/// <summary>What one node keeps, the others find.</summary>
public sealed class SharedSheetsTests : IAsyncLifetime
{
    private const string Anna = "shared\nanna@corp.example";
    private const string Tom = "shared\ntom@other.example";

    private RedisProcess _redis = null!;
    private Node _one = null!;
    private Node _other = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisProcess.StartAsync();
        _one = await Node.StartAsync(_redis.Port);
        _other = await Node.StartAsync(_redis.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
            await _one.DisposeAsync();
        if (_other is not null)
            await _other.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_sheet_comes_back_whole()
    {
        var sheet = Sheets.Of(Anna, Sheets.Full("contoso"), Sheets.Absent("fabrikam"));

        await _one.KeepAsync(sheet);

        Assert.Equal(Sheets.Show(sheet), Sheets.Show(await _other.Store.FindAsync(Anna, CancellationToken.None)));
        Assert.Null(await _other.Store.FindAsync(Tom, CancellationToken.None));
    }

    [Fact]
    public async Task Namespaces_do_not_mix()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));
        await _one.KeepAsync(Sheets.Of("shared2\nanna@corp.example", Sheets.Absent("contoso")));

        Assert.Equal("contoso:Exists", await _other.FindAsync(Anna));
        Assert.Equal("contoso:Absent", await _other.FindAsync("shared2\nanna@corp.example"));
        Assert.Equal("", await _other.FindAsync("share\nanna@corp.example"));
    }

    [Fact]
    public async Task An_answer_is_replaced_by_a_newer_one_and_never_by_an_older_one()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 10)));
        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: 5)));
        Assert.Equal("contoso:Exists", await _one.FindAsync(Anna));

        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: 20)));
        Assert.Equal("contoso:Absent", await _one.FindAsync(Anna));

        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 15)));
        Assert.Equal("contoso:Absent", await _one.FindAsync(Anna));

        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 30)));
        Assert.Equal("contoso:Exists", await _other.FindAsync(Anna));
    }

    [Fact]
    public async Task An_answer_of_the_future_gives_way_to_what_comes()
    {
        var tomorrow = (TimeProvider.System.GetUtcNow() - Sheets.Noon).TotalSeconds + 86_400;
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", tomorrow), Sheets.Absent("fabrikam", tomorrow)));
        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso"), Sheets.Exists("fabrikam")));

        Assert.Equal("contoso:Absent fabrikam:Exists", await _one.FindAsync(Anna));
    }

    [Fact]
    public async Task What_a_newer_sheet_does_not_speak_of_stays()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 10)));
        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Exists("fabrikam", seconds: 5)));

        Assert.Equal("contoso:Exists fabrikam:Exists", await _one.FindAsync(Anna));
    }

    [Fact]
    public async Task Absents_of_two_sheets_are_never_put_together()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: 10)));
        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("fabrikam", seconds: 11)));

        Assert.Equal("fabrikam:Absent", await _one.FindAsync(Anna));
    }

    [Fact]
    public async Task An_Exists_that_was_gone_does_not_come_back_when_the_Absent_is_forgotten()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 1)));
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: 10)));
        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("fabrikam", seconds: 20)));

        Assert.Equal("fabrikam:Absent", await _one.FindAsync(Anna));
    }

    [Fact]
    public async Task Redis_lets_go_of_what_is_of_no_use_any_more()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));
        Assert.InRange(await LifetimeAsync("anna@corp.example"), 50_000, 60_000);

        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso", seconds: 1)));
        Assert.InRange(await LifetimeAsync("anna@corp.example"), 86_000_000, 86_400_000);

        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: 2)));
        Assert.InRange(await LifetimeAsync("anna@corp.example"), 86_000_000, 86_400_000);
    }

    [Fact]
    public async Task A_flush_of_an_address_is_a_flush_for_all()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));
        await _one.KeepAsync(Sheets.Of(Tom, Sheets.Absent("contoso")));

        await _other.Store.ForgetAsync(OfAddress("anna@corp.example"), CancellationToken.None);

        Assert.Equal("", await _one.FindAsync(Anna));
        Assert.Equal("contoso:Absent", await _one.FindAsync(Tom));
    }

    /// <summary>It may have kept answers from before the flush to write when it is back.</summary>
    [Fact]
    public async Task A_flush_of_an_address_is_remembered_for_longer_than_a_node_is_cut_off()
    {
        await _one.Store.ForgetAsync(OfAddress("anna@corp.example"), CancellationToken.None);

        Assert.InRange(TimeSpan.FromMilliseconds(await LifetimeAsync("anna@corp.example")), TimeSpan.FromDays(7), TimeSpan.FromDays(31));
    }

    [Fact]
    public async Task A_flush_of_a_domain_leaves_the_others()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));
        await _one.KeepAsync(Sheets.Of(Tom, Sheets.Absent("contoso")));

        await _other.Store.ForgetAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None);

        Assert.Equal(("", "contoso:Absent"), (await _other.FindAsync(Anna), await _other.FindAsync(Tom)));

        await _other.Store.ForgetAsync(new FlushScope.OfAll(), CancellationToken.None);

        Assert.Equal(("", ""), (await _other.FindAsync(Anna), await _other.FindAsync(Tom)));
    }

    [Fact]
    public async Task After_a_flush_new_answers_are_kept()
    {
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));
        FlushScope[] scopes = [OfAddress("anna@corp.example"), new FlushScope.OfDomain("corp.example"), new FlushScope.OfAll()];
        foreach (var scope in scopes)
        {
            await _one.Store.ForgetAsync(scope, CancellationToken.None);
            Assert.Equal(Telling.Done, await _one.News.FlushedAsync(scope, CancellationToken.None));
            await _other.HearsAsync($"flushed {scope}");

            // One that has told of the flush, and one that has heard of it.
            await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso", seconds: -1)));
            Assert.Equal("contoso:Absent", await _other.FindAsync(Anna));
            Assert.Equal("contoso:Absent", await (await Node.StartAsync(_redis.Port)).FindAsync(Anna));
        }
    }

    /// <summary>A question that was under way on another node, which had not heard yet.</summary>
    [Theory]
    [InlineData("anna@corp.example", true)]
    [InlineData("corp.example", false)]
    [InlineData("*", false)]
    public async Task What_was_learnt_before_a_flush_is_not_brought_back(string what, bool isAddress)
    {
        FlushScope scope = isAddress ? OfAddress(what) : what == "*" ? new FlushScope.OfAll() : new FlushScope.OfDomain(what);
        await _one.Store.ForgetAsync(scope, CancellationToken.None);

        await _other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));

        Assert.Equal("", await _one.FindAsync(Anna));
        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal("", await later.FindAsync(Anna));
    }

    /// <summary>Of the flush, which was before its time, it can't know; and what it learns is newer.</summary>
    [Fact]
    public async Task What_a_node_learns_that_begins_after_Redis_has_lost_everything_is_believed_by_one_that_has_flushed()
    {
        await _one.Store.ForgetAsync(new FlushScope.OfAll(), CancellationToken.None);
        Assert.Equal(Telling.Done, await _one.News.FlushedAsync(new FlushScope.OfAll(), CancellationToken.None));
        await _redis.RunAsync("flushall");
        await using var later = await Node.StartAsync(_redis.Port);

        await later.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));

        Assert.Equal("contoso:Exists", await later.FindAsync(Anna));
        Assert.Equal("contoso:Exists", await _one.FindAsync(Anna));
    }

    [Fact]
    public async Task What_Redis_refuses_is_said_and_let_go()
    {
        await _redis.RunAsync("config", "set", "maxmemory", "1");
        _one.Store.Keep(Sheets.Of(Anna, Sheets.Exists("contoso")));
        await Eventually.TrueAsync(() => _one.Store.Health.Dropped == 1, () => $"it is let go; {_one.Store.Health}");

        Assert.True(_one.Store.Health.IsWorking);
        Assert.Contains("OOM", _one.Store.Health.Detail, StringComparison.Ordinal);

        await _redis.RunAsync("config", "set", "maxmemory", "0");
        await _one.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));
        await Eventually.TrueAsync(() => _one.Store.Health.Detail is null, () => $"nothing is wrong any more; {_one.Store.Health}");
        Assert.Equal("contoso:Exists", await _other.FindAsync(Anna));
    }

    [Theory]
    [InlineData("shared/contoso", "rubbish")]
    [InlineData("shared/contoso", "00000000000010000000000000002rubbish")]
    [InlineData("shared/", "")]
    public async Task What_others_wrote_there_is_not_believed(string field, string value)
    {
        await _redis.RunAsync("hset", "lookupproxy:sheet:anna@corp.example", field, value);

        Assert.Equal("", await _one.FindAsync(Anna));
        Assert.True(_one.Store.Health.IsWorking);
    }

    private static FlushScope.OfAddress OfAddress(string text) => new(Mail.Of(text));

    private async Task<long> LifetimeAsync(string address) => long.Parse(await _redis.RunAsync("pttl", $"lookupproxy:sheet:{address}"));
}
