using System.Diagnostics;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

public class LdapDirectoryTests
{
    private static readonly SearchResultEntry Anna = ScriptedEntry.Create("uid=anna," + Directory.Base, ("mail", "anna@shared.example"));

    [Fact]
    public async Task There_is_a_server_for_each_replica_named_without_secrets()
    {
        var searchers = new List<FakeSearcher>();
        var options = Directory.Options(Directory.Schema("openldap")) with
        {
            Servers = [new() { Uri = new("ldaps://user:secret@dc1.contoso.example:1636") }, new() { Uri = new("ldap://dc2.contoso.example") }],
        };

        var directory = LdapDirectory.Create(options, Connect);
        Assert.Equal("contoso", directory.Name);
        Assert.Equal("ldap", directory.Type);
        Assert.Equal(["ldaps://dc1.contoso.example:1636", "ldap://dc2.contoso.example"], directory.Servers.Select(server => server.Name));

        await directory.DisposeAsync();
        Assert.Equal(2, searchers.Count);
        Assert.All(searchers, searcher => Assert.True(searcher.Disposed));

        FakeSearcher Connect(LdapServerOptions server)
        {
            searchers.Add(new(new ScriptedEntries()));
            return searchers[^1];
        }
    }

    [Fact]
    public void An_invalid_filter_or_no_base_makes_no_directory()
    {
        var schema = Directory.Schema("openldap");
        Assert.Throws<ArgumentException>(() => Directory.Server(schema with { Filter = "(mail=*)" }, new FakeSearcher(new ScriptedEntries())));
        Assert.Throws<ArgumentOutOfRangeException>(() => LdapDirectory.Create(Directory.Options(schema) with { BaseDns = [] }, _ => new FakeSearcher(new ScriptedEntries())));
    }

    [Fact]
    public async Task The_search_asks_for_no_more_than_it_needs()
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Anna));
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example"));

        var request = Assert.Single(searcher.Requests);
        Assert.Equal(Directory.Base, request.BaseObject);
        Assert.Equal(SearchScope.WholeSubtree, request.Scope);
        Assert.Equal(DereferenceAliases.Never, request.Dereference);
        Assert.Equal(2, request.SizeLimit);
        Assert.Equal(10, request.TimeLimit);
        Assert.False(request.TypesOnly);
        Assert.Equal(["objectClass", "mail", "proxyAddresses", "mailLocalAddress", "mailAlternateAddress"], request.Attributes);
    }

    [Fact]
    public async Task Entries_past_disabled_ones_are_asked_for_where_those_do_not_count()
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Anna));
        await Directory.Server(Directory.Schema("active-directory") with { DisabledExists = false }, searcher).AskAsync("anna@shared.example");
        Assert.Equal(16, Assert.Single(searcher.Requests).SizeLimit);
    }

    [Fact]
    public async Task An_entry_exists_as_recipient_of_the_directory()
    {
        var answer = await Directory.Server(Directory.Schema("openldap"), new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Anna))).AskAsync("anna@shared.example");
        var recipient = Assert.IsType<Answer.Exists>(answer).Recipient;
        Assert.Equal("contoso", recipient.Directory);
        Assert.Equal(Anna.ObjectName, recipient.DistinguishedName);
    }

    [Fact]
    public async Task Existing_below_any_base_is_existing()
    {
        foreach (var other in (LdapSearchOutcome[])[Outcome.Of(ResultCode.Success), Outcome.Of(ResultCode.NoSuchObject), Outcome.Of(LdapFaultKind.ConnectionLost)])
            Assert.IsType<Answer.Exists>(await AskBelowTwo(other, Outcome.Of(ResultCode.Success, Anna)));
    }

    [Fact]
    public async Task Absent_means_searched_whole_below_all_bases()
    {
        Assert.IsType<Answer.Absent>(await AskBelowTwo(Outcome.Of(ResultCode.Success), Outcome.Of(ResultCode.Success)));
        Assert.Equal(UnknownReason.BaseNotFound, Assert.IsType<Answer.Unknown>(await AskBelowTwo(Outcome.Of(ResultCode.Success), Outcome.Of(ResultCode.NoSuchObject))).Reason);
        Assert.Equal(UnknownReason.Busy, Assert.IsType<Answer.Unknown>(await AskBelowTwo(Outcome.Of(ResultCode.Busy), Outcome.Of(ResultCode.Success))).Reason);
    }

    [Fact]
    public async Task Bases_are_searched_at_once_and_the_first_that_has_it_ends_the_others()
    {
        var abandoned = new TaskCompletionSource();
        var searcher = new FakeSearcher(async (request, cancellationToken) =>
        {
            if (request.BaseObject == "ou=b")
                return Outcome.Of(ResultCode.Success, Anna);
            await using var _ = cancellationToken.Register(() => abandoned.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new UnreachableException();
        });

        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("openldap"), searcher, "ou=a", "ou=b", "ou=c").AskAsync("anna@shared.example"));
        await abandoned.Task;
        Assert.Equal(["ou=a", "ou=b", "ou=c"], searcher.Requests.Select(request => request.BaseObject));
    }

    [Theory]
    [InlineData("ou=a")]
    [InlineData("ou=a", "ou=b")]
    public async Task Cancellation_is_passed_on(params string[] baseDns)
    {
        var searcher = new FakeSearcher(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new UnreachableException();
        });
        using var cancel = new CancellationTokenSource();
        var asked = Directory.Server(Directory.Schema("openldap"), searcher, baseDns).AskAsync(Directory.Address("anna@shared.example"), cancel.Token);
        await cancel.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await asked);
        Assert.Equal(cancel.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_unknown()
    {
        foreach (var exception in (Exception[])[new InvalidOperationException("oops"), new OperationCanceledException("not ours")])
        {
            var searcher = new FakeSearcher((_, _) => throw exception);
            var unknown = Assert.IsType<Answer.Unknown>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example"));
            Assert.Equal(UnknownReason.InternalError, unknown.Reason);
            Assert.Equal(UnknownReason.InternalError, (await Directory.Server(Directory.Schema("openldap"), searcher).ProbeAsync(CancellationToken.None))!.Reason);
        }
    }

    [Fact]
    public async Task The_probe_wants_every_base()
    {
        var searcher = new FakeSearcher(request => Outcome.Of(ResultCode.Success, request.BaseObject == "ou=b" ? [] : [ScriptedEntry.Create(request.BaseObject)]));
        Assert.Null(await Directory.Server(Directory.Schema("openldap"), searcher, "ou=a", "ou=c").ProbeAsync(CancellationToken.None));
        Assert.Equal(UnknownReason.BaseNotFound, (await Directory.Server(Directory.Schema("openldap"), searcher, "ou=a", "ou=b").ProbeAsync(CancellationToken.None))!.Reason);
        Assert.Equal(["ou=a", "ou=c", "ou=a", "ou=b"], searcher.Requests.Where(request => request.Scope is SearchScope.BaseObject).Select(request => request.BaseObject));
        Assert.All(searcher.Requests, request => Assert.Equal(["1.1"], request.Attributes));
    }

    private static Task<Answer> AskBelowTwo(LdapSearchOutcome first, LdapSearchOutcome second) => Directory
        .Server(Directory.Schema("openldap"), new FakeSearcher(request => request.SizeLimit == 1 ? Outcome.Of(ResultCode.Success, Anna) : request.BaseObject == "ou=a" ? first : second), "ou=a", "ou=b")
        .AskAsync("anna@shared.example");
}
