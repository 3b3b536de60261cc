using LookupProxy.Ldap.Names;

namespace LookupProxy.Ldap.Tests.Names;

public class DistinguishedNameTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("dc=Example,dc=COM", "dc=example,dc=com")]
    [InlineData("UID=jsmith,DC=example,DC=net", "uid=jsmith,dc=example,dc=net")]
    [InlineData("OU=Sales+CN=J.  Smith,DC=example,DC=net", "cn=j. smith+ou=sales,dc=example,dc=net")]
    [InlineData("CN=James \\\"Jim\\\" Smith\\, III,DC=example", "cn=james \\\"jim\\\" smith\\, iii,dc=example")]
    [InlineData("CN=Before\\0dAfter,DC=example", "cn=before\\0dafter,dc=example")]
    [InlineData("1.3.6.1.4.1.1466.0=#04024869", "1.3.6.1.4.1.1466.0=hi")]
    [InlineData("CN=Lu\\C4\\8Di\\C4\\87", "cn=lučić")]
    [InlineData(" cn = anna , dc = example ", "cn=anna,dc=example")]
    [InlineData("cn=anna;dc=example", "cn=anna,dc=example")]
    [InlineData("cn=\"Smith, John; + <x>\",dc=example", "cn=smith\\, john\\; \\+ \\<x\\>,dc=example")]
    [InlineData("cn=\"a\\\"b\" , dc=example", "cn=a\\\"b,dc=example")]
    [InlineData("cn=a\\ ,dc=example", "cn=a,dc=example")]
    [InlineData("cn=\\ a\\\\ ,dc=example", "cn=a\\\\,dc=example")]
    [InlineData("cn=\\#a,dc=example", "cn=\\#a,dc=example")]
    [InlineData("cn=a#b=c,dc=example", "cn=a#b=c,dc=example")]
    [InlineData("cn=,dc=example", "cn=,dc=example")]
    [InlineData("CN=x\\0ACNF:8c1f,CN=Users", "cn=x\\0acnf:8c1f,cn=users")]
    [InlineData("OID.2.5.4.3=a,0.9.2342.19200300.100.1.25=b", "cn=a,dc=b")]
    [InlineData("commonName=a,domainComponent=b", "cn=a,dc=b")]
    [InlineData("surname=a,gn=b,facsimileTelephoneNumber=c,S=d,rfc822Mailbox=e,emailAddress=f", "sn=a,givenname=b,facsimiletelephonenumber=c,st=d,mail=e,e=f")]
    [InlineData("cn=#0C0161", "cn=a")]
    [InlineData("cn=#3003020101", "cn=\\#3003020101")]
    public void Names_have_one_normalised_text(string text, string normalised)
    {
        Assert.True(DistinguishedName.TryParse(text, out var name));
        Assert.Equal(normalised, name.ToString());
        Assert.True(DistinguishedName.TryParse(normalised, out var again));
        Assert.Equal(name, again);
        Assert.Equal(name.GetHashCode(), again.GetHashCode());
    }

    [Theory]
    [InlineData("cn")]
    [InlineData("=a")]
    [InlineData("cn=a,")]
    [InlineData(",cn=a")]
    [InlineData("cn=a,,dc=b")]
    [InlineData("cn=a+")]
    [InlineData("c n=a")]
    [InlineData("cn=a\\")]
    [InlineData("cn=a\\ü")]
    [InlineData("cn=\"a")]
    [InlineData("cn=\"a\"b")]
    [InlineData("cn=#0")]
    [InlineData("cn=#")]
    [InlineData("cn=#zz")]
    [InlineData("cn=a\0")]
    [InlineData("anna@corp.example")]
    [InlineData("CONTOSO\\anna")]
    public void What_is_no_name_is_refused(string text)
    {
        Assert.False(DistinguishedName.TryParse(text, out var name));
        Assert.Null(name);
    }

    [Theory]
    [InlineData("cn=anna,dc=contoso,dc=example", "dc=Contoso, dc=example", true)]
    [InlineData("dc=contoso,dc=example", "dc=contoso,dc=example", true)]
    [InlineData("dc=contoso,dc=example", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "dc=example", false)]
    [InlineData("dc=example", "dc=contoso,dc=example", false)]
    [InlineData("cn=anna,dc=contoso,dc=example", "dc=toso,dc=example", false)]
    [InlineData("DC=ForestDnsZones,DC=contoso,DC=local", "dc=contoso,dc=local", true)]
    [InlineData("cn=a\\,dc=example", "dc=example", false)]
    public void A_name_lies_under_its_bases(string text, string other, bool expected)
    {
        Assert.True(DistinguishedName.TryParse(text, out var name));
        Assert.True(DistinguishedName.TryParse(other, out var above));
        Assert.Equal(expected, name.IsUnder(above));
    }

    [Fact]
    public void Components_keep_what_was_written()
    {
        Assert.True(DistinguishedName.TryParse("CN=Smith\\, John+UID=js,DC=Example", out var name));
        Assert.Equal(2, name.Rdns.Length);
        Assert.Equal([new NameAttribute("CN", "Smith, John"), new NameAttribute("UID", "js")], name.Rdns[0].Attributes);
        Assert.False(name.IsRoot);
        Assert.True(DistinguishedName.Root.IsRoot);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_the_same_with_and_without_escapes()
    {
        Assert.True(DistinguishedName.TryParse("cn=a\uD800b", out var plain));
        Assert.True(DistinguishedName.TryParse("cn=\\61\uD800b", out var escaped));
        Assert.Equal(plain, escaped);
    }

    [Fact]
    public void A_name_of_many_components_is_read_in_one_pass()
    {
        Assert.True(DistinguishedName.TryParse(string.Join(',', Enumerable.Repeat("dc=example", 50_000)), out var name));
        Assert.Equal(50_000, name.Rdns.Length);
    }
}
