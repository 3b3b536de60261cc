using LookupProxy.Directories.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

public class LdapOptionsCheckTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("dc=contoso,dc=example", true)]
    [InlineData("OU=Sales\\, EMEA, DC=contoso", true)]
    [InlineData("contoso.example", false)]
    [InlineData("dc=contoso,", false)]
    [InlineData("dc=contoso,=x", false)]
    public void A_base_is_a_DN(string baseDn, bool good) => Assert.Equal(good, LdapOptionsCheck.BaseDnFault(baseDn) is null);

    [Theory]
    [InlineData("mail", true)]
    [InlineData("ms-Exch-Foo", true)]
    [InlineData("1.2.840.113556.1.4.210", true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("mail;binary", false)]
    [InlineData("(mail", false)]
    [InlineData("-mail", false)]
    public void An_attribute_is_named(string attribute, bool good) => Assert.Equal(good, LdapOptionsCheck.AttributeFault(attribute) is null);
}
