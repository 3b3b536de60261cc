using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Ldap.Tests.Names;

public class LdapUrlTests
{
    [Theory]
    [InlineData("ldap://ForestDnsZones.contoso.local/DC=ForestDnsZones,DC=contoso,DC=local", "ForestDnsZones.contoso.local", 389, "DC=ForestDnsZones,DC=contoso,DC=local")]
    [InlineData("LDAPS://dc1.contoso.local", "dc1.contoso.local", 636, "")]
    [InlineData("ldap://dc1.contoso.local:3268/", "dc1.contoso.local", 3268, "")]
    [InlineData("ldap:///dc=example", "", 389, "dc=example")]
    [InlineData("ldap://", "", 389, "")]
    [InlineData("ldap://[2001:db8::7]:1389/c=GB", "2001:db8::7", 1389, "c=GB")]
    [InlineData("ldap://[2001:db8::7]/c=GB", "2001:db8::7", 389, "c=GB")]
    [InlineData("ldap://h:/c=GB", "h", 389, "c=GB")]
    [InlineData("ldap://ldap.example/o=An%20Example%5C2C%20Inc.,c=US", "ldap.example", 389, "o=An Example\\2C Inc.,c=US")]
    [InlineData("ldap://ldap.example/cn=Lu%C4%8Di%C4%87", "ldap.example", 389, "cn=Lučić")]
    public void Host_port_and_base_are_read(string text, string host, int port, string dn)
    {
        Assert.True(LdapUrl.TryParse(text, out var url));
        Assert.Equal(host, url.Host);
        Assert.Equal(port, url.Port);
        Assert.Equal(dn, url.Dn);
        Assert.Equal(text.StartsWith("LDAPS", StringComparison.Ordinal), url.IsTls);
    }

    [Fact]
    public void All_parts_are_read()
    {
        Assert.True(LdapUrl.TryParse("ldap://h/dc=x?mail,cn;lang-de?one?(mail=a%3fb%2A)?!bindname=cn=a%2cdc=x,x-y", out var url));
        Assert.Equal(["mail", "cn;lang-de"], url.Attributes);
        Assert.Equal(SearchScope.SingleLevel, url.Scope);
        Assert.Equal("(mail=a?b*)", url.Filter);
        Assert.Equal(["!bindname=cn=a,dc=x", "x-y"], url.Extensions);
    }

    [Theory]
    [InlineData("ldap://h/dc=x??sub", SearchScope.WholeSubtree)]
    [InlineData("ldap://h/dc=x??BASE?", SearchScope.BaseObject)]
    [InlineData("ldap://h?mail?base", SearchScope.BaseObject)]
    [InlineData("ldap://h/dc=x", null)]
    [InlineData("ldap://h/dc=x???", null)]
    public void What_is_not_written_is_null(string text, SearchScope? scope)
    {
        Assert.True(LdapUrl.TryParse(text, out var url));
        Assert.Equal(scope, url.Scope);
        Assert.Null(url.Filter);
        Assert.Empty(url.Extensions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dc1.contoso.local")]
    [InlineData("http://h/")]
    [InlineData("ldapi://%2fvar%2frun%2fldapi")]
    [InlineData("ldap:/h/")]
    [InlineData("ldap://h:0/")]
    [InlineData("ldap://h:65536/")]
    [InlineData("ldap://h:3x/")]
    [InlineData("ldap://h:-1/")]
    [InlineData("ldap://2001:db8::7/")]
    [InlineData("ldap://x]/")]
    [InlineData("ldap://[::1]x/")]
    [InlineData("ldap://h/dc=x??children")]
    public void What_is_no_url_is_refused(string text)
    {
        Assert.False(LdapUrl.TryParse(text, out var url));
        Assert.Null(url);
    }
}
