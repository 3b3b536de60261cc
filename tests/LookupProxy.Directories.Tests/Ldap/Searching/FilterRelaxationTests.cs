using LookupProxy.Directories.Ldap.Searching;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Tests.Ldap.Searching;

public sealed class FilterRelaxationTests
{
    [Theory]
    [InlineData("(title=Head)", "(title=Head)")]
    [InlineData("(title;lang-de=Chef)", "(title;lang-de=Chef)")]
    [InlineData("(objectClass=user)", null)]
    [InlineData("(&(objectClass=user)(title=Head))", "(title=Head)")]
    [InlineData("(&(objectClass=user)(title=H*)(department>=S))", "(&(title=H*)(department>=S))")]
    [InlineData("(|(title=Head)(department=*))", "(|(title=Head)(department=*))")]
    [InlineData("(|(title=Head)(mail=*))", null)]
    [InlineData("(&(|(title=Head)(mail=*))(department~=Sales))", "(department~=Sales)")]
    [InlineData("(!(title=Head))", null)]
    [InlineData("(&(title=Head)(!(department=Sales)))", "(title=Head)")]
    [InlineData("(title:1.2.840.113556.1.4.1941:=x)", "(title:1.2.840.113556.1.4.1941:=x)")]
    [InlineData("(&(department=Sales)(title:1.2.840.113556.1.4.803:=2))", "(department=Sales)")]
    [InlineData("(:dn:2.4.6.8.10:=x)", null)]
    [InlineData("(&)", null)]
    [InlineData("(|)", null)]
    public void What_the_directory_may_decide_stays_and_what_is_left_finds_no_fewer(string filter, string? asked)
    {
        Assert.True(FilterText.TryParse(filter, out var parsed, out _));

        var relaxed = FilterRelaxation.Relax(parsed, static attribute => attribute is "title" or "department");

        Assert.Equal(asked, relaxed is null ? null : FilterText.Format(relaxed));
    }
}
