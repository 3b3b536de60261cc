using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Wire;

/// <summary>The index of the fake server leaves nobody out.</summary>
public sealed class ScriptedEntriesTests
{
    private const string Base = "ou=people,dc=contoso";

    private readonly ScriptedEntries _entries = new();

    public ScriptedEntriesTests()
    {
        foreach (var name in new[] { "anna", "ben", "cleo" })
            _entries.Add(Person(name, $"{name}@shared.example", $"alias.{name}@shared.example"));
    }

    [Theory]
    [InlineData("(mail=anna@shared.example)", "anna")]
    [InlineData("(MAIL=Alias.Anna@SHARED.example)", "anna")]
    [InlineData("(|(mail=cleo@shared.example)(mail=anna@shared.example)(mail=alias.anna@shared.example))", "anna cleo")]
    [InlineData("(|(mail=cleo@shared.example)(mail=ben*))", "ben cleo")]
    [InlineData("(&(objectClass=person)(mail=ben@shared.example))", "ben")]
    [InlineData("(&(mail=ben@shared.example)(mail=anna@shared.example))", "")]
    [InlineData("(&(mail=*)(!(mail=ben@shared.example)))", "anna cleo")]
    [InlineData("(objectClass=*)", "anna ben cleo")]
    [InlineData("(mail=nobody@shared.example)", "")]
    public void A_search_finds_all_that_match_in_their_order(string filter, string names) => Assert.Equal(names, Find(filter));

    [Theory]
    [InlineData("UID=Ben, " + Base, SearchScope.BaseObject, "ben")]
    [InlineData(Base, SearchScope.BaseObject, "")]
    [InlineData(Base, SearchScope.SingleLevel, "anna ben cleo")]
    [InlineData("dc=contoso", SearchScope.SingleLevel, "")]
    [InlineData("ou=other,dc=contoso", SearchScope.WholeSubtree, "")]
    public void A_search_finds_what_is_in_its_scope(string searchBase, SearchScope scope, string names) => Assert.Equal(names, Find("(objectClass=*)", searchBase, scope));

    [Fact]
    public void Who_was_removed_or_changed_is_not_found_by_what_was()
    {
        _entries.Remove($"UID=anna, {Base}");
        _entries.Put(Person("ben", "benjamin@shared.example"));

        Assert.Equal("", Find("(mail=anna@shared.example)"));
        Assert.Equal("", Find("(mail=ben@shared.example)"));
        Assert.Equal("ben", Find("(mail=benjamin@shared.example)"));
        Assert.Equal("cleo ben", Find("(objectClass=*)"));

        _entries.Clear();
        Assert.Equal("", Find("(mail=cleo@shared.example)"));
    }

    private static SearchResultEntry Person(string name, params string[] addresses) =>
        ScriptedEntry.Create($"uid={name},{Base}", [("objectClass", "person"), ("uid", name), .. addresses.Select(static address => ("mail", address))]);

    private string Find(string text, string searchBase = Base, SearchScope scope = SearchScope.WholeSubtree)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var fault), fault);
        return string.Join(' ', _entries.Find(new SearchRequest(searchBase, scope, filter)).Select(static entry => entry.ObjectName.Split('=', ',')[1]));
    }
}
