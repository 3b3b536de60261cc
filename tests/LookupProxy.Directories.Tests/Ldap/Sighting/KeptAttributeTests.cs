using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Directories.Tests.Ldap.Sighting;

/// <summary>A server that keeps back one of the filter's attributes: people are still found by the other, and whoever has an address by it alone is not.</summary>
public sealed class KeptAttributeTests : IAsyncDisposable
{
    private static readonly string[] Names = ["anna", "ben", "cleo"];

    private readonly ScriptedEntries _entries = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FakeSearcher _searcher;
    private readonly LdapDirectoryOptions _options = Directory.Options(Directory.Schema("active-directory") with { IsActiveDirectory = false });
    private readonly LdapDirectory _directory;
    private Func<SearchRequest, LdapSearchOutcome?> _says = static _ => null;

    public KeptAttributeTests()
    {
        _searcher = new FakeSearcher(request => _says(request) ?? Outcome.Of(_entries, request));
        _directory = LdapDirectory.Create(_options with { AddressesPerSearch = 1 }, _ => _searcher, time: _time);
        _entries.Add(ScriptedEntry.Create(Directory.Base, ("objectClass", "organization")));
    }

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task Who_has_an_alias_is_not_absent_when_aliases_are_kept_back()
    {
        await SeeAsync(Names);
        Assert.IsType<Answer.Exists>(await AskAsync("alias.anna"));
        Put(Names, withAlias: false);

        Assert.IsType<Answer.Exists>(await AskAsync("anna"));
        var unknown = Assert.IsType<Answer.Unknown>(await AskAsync("alias.ben"));
        Assert.Equal(UnknownReason.Distrusted, unknown.Reason);
        Assert.Contains("proxyAddresses", unknown.Detail, StringComparison.Ordinal);
        var alarm = Assert.Single(_directory.Current);
        Assert.Equal(("attribute-missing", "contoso", _time.GetUtcNow()), (alarm.Name, alarm.Subject, alarm.Since));
        Assert.Contains("ldaps://dc1.contoso.example finds nobody by proxyAddresses any more", alarm.Text, StringComparison.Ordinal);

        Put(Names, withAlias: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Answer.Exists>(await AskAsync("alias.ben"));
        Assert.IsType<Answer.Absent>(await AskAsync("nobody"));
        Assert.Empty(_directory.Current);
    }

    [Fact]
    public async Task Those_who_are_found_are_still_asked_for()
    {
        await SeeAsync(Names);
        Put(Names, withAlias: false);
        Assert.IsType<Answer.Unknown>(await AskAsync("nobody"));
        Assert.Null(await _directory.Servers[0].ProbeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_who_lost_their_aliases_prove_nothing()
    {
        await SeeAsync("anna", "ben");
        Put(["anna", "ben"], withAlias: false);
        Assert.IsType<Answer.Absent>(await AskAsync("alias.anna"));
        Assert.Empty(_directory.Current);
    }

    [Fact]
    public async Task When_those_who_had_aliases_have_left_nothing_is_kept_back()
    {
        await SeeAsync(Names);
        _entries.Clear();
        Put(["dora"], withAlias: false);
        Assert.IsType<Answer.Absent>(await AskAsync("alias.anna"));
        Assert.Empty(_directory.Current);
    }

    [Fact]
    public async Task One_with_an_alias_anywhere_is_enough()
    {
        await SeeAsync(Names);
        Put(Names, withAlias: false);
        Put(["dora"], withAlias: true);
        Assert.IsType<Answer.Absent>(await AskAsync("alias.anna"));
    }

    [Fact]
    public async Task The_administrator_accepts_that_nobody_has_aliases_any_more()
    {
        Assert.Null(await _directory.AcceptAsync("contoso", TestContext.Current.CancellationToken));
        await SeeAsync(Names);
        Put(Names, withAlias: false);
        Assert.IsType<Answer.Unknown>(await AskAsync("alias.anna"));
        Assert.Null(await _directory.AcceptAsync("fabrikam", TestContext.Current.CancellationToken));
        Assert.Contains("proxyAddresses", await _directory.AcceptAsync("contoso", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Empty(_directory.Current);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Answer.Absent>(await AskAsync("alias.anna"));
    }

    [Fact]
    public async Task An_absence_costs_one_look_at_one_who_has_all_attributes()
    {
        await SeeAsync(Names);
        var before = _searcher.Requests.Count;
        Assert.IsType<Answer.Absent>(await AskAsync("nobody"));
        var look = Assert.Single(_searcher.Requests.Skip(before + 1));
        Assert.Equal(("cn=cleo," + Directory.Base, SearchScope.BaseObject), (look.BaseObject, look.Scope));
        Assert.Equal("(&(|(proxyAddresses=*)(mail=*))(proxyAddresses=*)(mail=*))", FilterText.Format(look.Filter));
    }

    [Fact]
    public async Task Attributes_that_different_people_have_are_looked_for_one_by_one()
    {
        foreach (var name in Names)
        {
            _entries.Put(Person(name, ("mail", Address(name))));
            _entries.Put(Person("x" + name, ("proxyAddresses", "smtp:" + Address("x" + name))));
            Assert.IsType<Answer.Exists>(await AskAsync(name));
            Assert.IsType<Answer.Exists>(await AskAsync("x" + name));
        }

        Assert.IsType<Answer.Absent>(await AskAsync("nobody"));
        foreach (var name in Names)
            _entries.Put(Person("x" + name));
        Assert.IsType<Answer.Absent>(await AskAsync("nobody"));
        foreach (var name in Names)
            _entries.Put(Person("x" + name, ("mail", Address("y" + name))));
        foreach (var name in Names)
            Assert.IsType<Answer.Exists>(await AskAsync("y" + name));
    }

    [Fact]
    public async Task A_server_that_fails_while_it_is_looked_at_has_lost_nobody()
    {
        await SeeAsync(Names);
        Put(Names, withAlias: false);
        _says = static request => request.BaseObject.StartsWith("cn=anna", StringComparison.Ordinal) ? Outcome.Of(ResultCode.Busy) : null;
        Assert.Equal(UnknownReason.Busy, Assert.IsType<Answer.Unknown>(await AskAsync("alias.ben")).Reason);
        Assert.Empty(_directory.Current);
        _says = static _ => null;
        Assert.Equal(UnknownReason.Distrusted, Assert.IsType<Answer.Unknown>(await AskAsync("alias.ben")).Reason);
    }

    [Fact]
    public async Task Somebody_found_without_the_attribute_says_nothing_of_it()
    {
        var open = new TaskCompletionSource<LdapSearchOutcome>();
        var slow = new FakeSearcher((request, _) => FilterText.Format(request.Filter).Contains("slow@", StringComparison.Ordinal) ? new(open.Task) : new(Outcome.Of(_entries, request)));
        await using var directory = LdapDirectory.Create(_options with { AddressesPerSearch = 1 }, _ => slow, time: _time);
        Put(Names, withAlias: true);
        foreach (var name in Names)
            Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Address(name)));
        Put(Names, withAlias: false);

        // While another question is open an absence waits for somebody to be found after it.
        var other = directory.Servers[0].AskAsync(Address("slow"));
        var absence = directory.Servers[0].AskAsync(Address("alias.anna"));
        Assert.IsType<Answer.Exists>(await directory.Servers[0].AskAsync(Address("ben")));
        Assert.False(absence.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(UnknownReason.Distrusted, Assert.IsType<Answer.Unknown>(await absence).Reason);
        open.SetResult(Outcome.Of(ResultCode.Success));
        Assert.IsType<Answer.Unknown>(await other);
    }

    [Fact]
    public async Task A_witness_who_does_not_show_it_any_more_proves_nothing()
    {
        await using var directory = LdapDirectory.Create(_options, _ => _searcher, time: _time);
        var server = directory.Servers[0];
        Put(Names, withAlias: true);
        foreach (var name in Names)
            Assert.IsType<Answer.Exists>(await server.AskAsync(Address(name)));
        var before = _searcher.Requests.Count;
        Assert.IsType<Answer.Absent>(await server.AskAsync(Address("nobody")));
        Assert.Equal(before + 1, _searcher.Requests.Count);

        Put(Names, withAlias: false);
        Assert.Equal(UnknownReason.Distrusted, Assert.IsType<Answer.Unknown>(await server.AskAsync(Address("alias.ben"))).Reason);
        Assert.Single(directory.Current);
        Put(Names, withAlias: true);
        Assert.IsType<Answer.Exists>(await server.AskAsync(Address("alias.ben")));
        Assert.Empty(directory.Current);
    }

    private static string Address(string name) => name + "@shared.example";

    private static SearchResultEntry Person(string name, params (string Name, string Value)[] attributes) =>
        ScriptedEntry.Create($"cn={name}," + Directory.Base, [("objectClass", "user"), .. attributes]);

    private void Put(string[] names, bool withAlias)
    {
        foreach (var name in names)
            _entries.Put(withAlias ? Person(name, ("mail", Address(name)), ("proxyAddresses", "smtp:" + Address("alias." + name))) : Person(name, ("mail", Address(name))));
    }

    private async Task SeeAsync(params string[] names)
    {
        Put(names, withAlias: true);
        foreach (var name in names)
            Assert.IsType<Answer.Exists>(await AskAsync(name));
    }

    private async Task<Answer> AskAsync(string name) => await _directory.Servers[0].AskAsync(Address(name));
}
