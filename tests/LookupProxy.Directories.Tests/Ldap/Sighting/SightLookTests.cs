using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Sighting;

public class SightLookTests
{
    private const string AnnaDn = "uid=anna," + Directory.Base;

    private readonly ScriptedEntries _entries = Directory.Entries(AnnaDn, ("mail", "anna@shared.example"));

    [Fact]
    public async Task Who_was_seen_last_is_looked_for_first()
    {
        var searcher = new FakeSearcher(_entries);
        var look = Look(searcher);
        Assert.Null(await look.LookAsync(CancellationToken.None));
        Assert.Null(await look.LookAsync(CancellationToken.None));
        Assert.Equal([(Directory.Base, SearchScope.WholeSubtree), (AnnaDn, SearchScope.BaseObject)], Asked(searcher));
    }

    [Fact]
    public async Task When_she_has_left_anybody_else_will_do()
    {
        var searcher = new FakeSearcher(_entries);
        var look = Look(searcher);
        Assert.Null(await look.LookAsync(CancellationToken.None));
        _entries.Clear();
        _entries.Add(ScriptedEntry.Create("uid=ben," + Directory.Base, ("mail", "ben@shared.example")));
        Assert.Null(await look.LookAsync(CancellationToken.None));
        Assert.Null(await look.LookAsync(CancellationToken.None));
        Assert.Equal((Directory.Base, SearchScope.WholeSubtree), Asked(searcher)[^2]);
        Assert.Equal(("uid=ben," + Directory.Base, SearchScope.BaseObject), Asked(searcher)[^1]);
    }

    [Fact]
    public async Task An_entry_that_has_lost_its_addresses_is_nobody()
    {
        var look = Look(new FakeSearcher(_entries));
        Assert.Null(await look.LookAsync(CancellationToken.None));
        _entries.Clear();
        _entries.Add(ScriptedEntry.Create(AnnaDn, ("uid", "anna")));
        Assert.Equal(UnknownReason.NotReady, (await look.LookAsync(CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task What_fails_for_her_fails_for_all()
    {
        var isDown = false;
        var look = Look(new FakeSearcher(_ => isDown ? Outcome.Of(LdapFaultKind.ConnectionLost) : Outcome.Of(ResultCode.Success, ScriptedEntry.Create(AnnaDn))));
        Assert.Null(await look.LookAsync(CancellationToken.None));
        isDown = true;
        Assert.Equal(UnknownReason.ConnectionLost, (await look.LookAsync(CancellationToken.None))!.Reason);
    }

    private static SightLook Look(FakeSearcher searcher)
    {
        var schema = Directory.Schema("openldap");
        Assert.True(FilterTemplate.TryParse(schema.Filter, out var template, out _));
        return new(searcher, [Directory.Base], new LdapQuestion(template, schema, []), new SightReader(new ReferenceJudge(ReferencesPolicy.Unknown, false)), new ShownAttributes(template.AssertedAttributes, static _ => { }, TimeProvider.System));
    }

    private static (string, SearchScope)[] Asked(FakeSearcher searcher) => [.. searcher.Requests.Select(request => (request.BaseObject, request.Scope))];
}
