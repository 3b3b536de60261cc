using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Directories.Tests.Ldap.Sighting;

/// <summary>Directories where every search succeeds and finds nobody.</summary>
public class BlindDirectoryTests
{
    private static readonly SearchResultEntry Anna = ScriptedEntry.Create("uid=anna," + Directory.Base, ("mail", "anna@shared.example"));

    [Fact]
    public async Task A_misspelt_attribute_makes_no_one_absent()
    {
        var entries = new ScriptedEntries();
        entries.Add(ScriptedEntry.Create(Directory.Base));
        entries.Add(Anna);
        var server = Directory.Server(Directory.Schema("openldap") with { Filter = "(mial={address})" }, new FakeSearcher(entries));
        var unknown = Assert.IsType<Answer.Unknown>(await server.AskAsync("anna@shared.example"));
        Assert.Equal(UnknownReason.NotReady, unknown.Reason);
        Assert.Contains("misspelt", unknown.Detail, StringComparison.Ordinal);
        Assert.Equal(UnknownReason.NotReady, (await server.ProbeAsync(CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task An_empty_directory_makes_no_one_absent() =>
        Assert.Equal(UnknownReason.NotReady, Assert.IsType<Answer.Unknown>(await AskAsync(_ => Outcome.Of(ResultCode.Success))).Reason);

    [Fact]
    public async Task Somebody_below_one_base_is_enough()
    {
        Assert.IsType<Answer.Absent>(await AskAsync(request => Outcome.Of(ResultCode.Success, request.BaseObject == "ou=b" && IsForAnybody(request) ? [Anna] : []), "ou=a", "ou=b"));
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded)]
    [InlineData(ResultCode.TimeLimitExceeded)]
    [InlineData(ResultCode.AdminLimitExceeded)]
    [InlineData(ResultCode.InsufficientAccessRights)]
    [InlineData(ResultCode.UnwillingToPerform)]
    [InlineData(ResultCode.InappropriateMatching)]
    [InlineData(ResultCode.ProtocolError)]
    [InlineData(ResultCode.Other)]
    public async Task A_search_for_anybody_that_is_too_much_for_the_server_proves_nothing(ResultCode code) =>
        Assert.IsType<Answer.Absent>(await AskAsync(request => Outcome.Of(IsForAnybody(request) ? code : ResultCode.Success)));

    [Fact]
    public async Task A_look_that_fails_spoils_the_absence_it_was_for()
    {
        foreach (var failure in (LdapSearchOutcome[])[Outcome.Of(ResultCode.Busy), Outcome.Of(ResultCode.Unavailable), Outcome.Of(ResultCode.NoSuchObject), Outcome.Of(ResultCode.InvalidCredentials), Outcome.Of(LdapFaultKind.ConnectionLost), new(), Outcome.Of(ResultCode.Success).WithReferences("ldap://x/dc=child")])
            Assert.IsType<Answer.Unknown>(await AskAsync(request => IsForAnybody(request) ? failure : Outcome.Of(ResultCode.Success)));
    }

    [Theory]
    [InlineData("active-directory", "(|(proxyAddresses=*)(mail=*))")]
    [InlineData("zimbra", "(|(zimbraMailDeliveryAddress=*)(zimbraMailAlias=*)(zimbraOldMailAddress=*)(zimbraMailCatchAllAddress=*))")]
    public async Task Anybody_is_whoever_has_an_address(string schema, string filter)
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success));
        await Directory.Server(Directory.Schema(schema), searcher).AskAsync("anna@shared.example");
        var look = searcher.Requests.Last();
        Assert.Equal(filter, FilterText.Format(look.Filter));
        Assert.Equal(1, look.SizeLimit);
        Assert.Equal(["1.1"], look.Attributes);
    }

    [Fact]
    public async Task An_existing_recipient_costs_no_look()
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Anna));
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example"));
        Assert.Single(searcher.Requests);
    }

    [Fact]
    public async Task Another_absence_shows_nobody()
    {
        var (server, open, time) = Held(_ => Outcome.Of(ResultCode.Success));
        var slow = server.AskAsync("slow@shared.example");
        var first = server.AskAsync("first@shared.example");
        var second = server.AskAsync("second@shared.example");
        Assert.False(first.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<Answer.Unknown>(await first);
        Assert.IsType<Answer.Unknown>(await second);
        open.SetResult(Outcome.Of(ResultCode.Success));
        Assert.IsType<Answer.Unknown>(await slow);
    }

    [Fact]
    public async Task Somebody_found_meanwhile_spares_the_look()
    {
        var (server, open, _) = Held(request => IsForAnybody(request) ? Outcome.Of(ResultCode.Busy) : Outcome.Of(ResultCode.Success, IsFor("anna@", request) ? [Anna] : []));
        var slow = server.AskAsync("slow@shared.example");
        var nobody = server.AskAsync("nobody@shared.example");
        Assert.False(nobody.IsCompleted);

        Assert.IsType<Answer.Exists>(await server.AskAsync("anna@shared.example"));
        Assert.True(nobody.IsCompleted);
        Assert.IsType<Answer.Absent>(await nobody);
        open.SetResult(Outcome.Of(ResultCode.Success, Anna));
        await slow;
    }

    private static bool IsFor(string local, SearchRequest request) => FilterText.Format(request.Filter).Contains(local, StringComparison.Ordinal);

    /// <summary>The question for slow@ is open until it is told the answer.</summary>
    private static (Core.Directories.IDirectoryServer Server, TaskCompletionSource<LdapSearchOutcome> Open, ManualTimeProvider Time) Held(Func<SearchRequest, LdapSearchOutcome> answer)
    {
        var (open, time) = (new TaskCompletionSource<LdapSearchOutcome>(), new ManualTimeProvider());
        var searcher = new FakeSearcher((request, _) => IsFor("slow@", request) ? new(open.Task) : new(answer(request)));
        return (LdapDirectory.Create(Directory.Options(Directory.Schema("openldap")), _ => searcher, time: time).Servers[0], open, time);
    }

    private static bool IsForAnybody(SearchRequest request) => FilterText.Format(request.Filter).Contains("(mail=*)", StringComparison.Ordinal);

    private static Task<Answer> AskAsync(Func<SearchRequest, LdapSearchOutcome> answer, params string[] baseDns) =>
        Directory.Server(Directory.Schema("openldap"), new FakeSearcher(answer), baseDns).AskAsync("nobody@shared.example");
}
