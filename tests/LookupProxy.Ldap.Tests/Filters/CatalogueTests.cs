using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Filters;

/// <summary>The filters that gateways are documented to send, with an address filled in.</summary>
public class CatalogueTests
{
    [Theory]
    [InlineData("(|(mail=a@b.example)(proxyAddresses=smtp:a@b.example))")]
    [InlineData("(|(proxyAddresses=a@b.example)(proxyAddresses=smtp:a@b.example))")]
    [InlineData("(mailLocalAddress=a@b.example)")]
    [InlineData("(|(|(mail=a@b.example)(uid=a))(cn=a))")]
    [InlineData("(|(ShortName=a)(InternetAddress=a@b.example)(FullName=a))")]
    [InlineData("(|(othermailbox=smtp$a@b.example)(othermailbox=smtp:a@b.example)(proxyaddresses=smtp$a@b.example)(proxyaddresses=smtp:a@b.example)(mail=a@b.example)(userPrincipalName=a@b.example))")]
    [InlineData("(&(proxyAddresses=smtp:a@b.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))")]
    [InlineData("(& (objectClass=inetOrgPerson) (mail=a@b.example))")]
    [InlineData("|(mail=a@b.example)(user=a)(ou=Engineering)")]
    [InlineData("(&(zimbraMailStatus=enabled)(|(mail=a@b.example)(zimbraMailAlias=a@b.example)))")]
    [InlineData("(objectclass=a@b.example)")]
    [InlineData("(|(&(|(objectClass=user)(objectClass=publicFolder)(objectClass=group))(proxyAddresses=SMTP:a))(mail=a)(otherMailbox=smtp:a)(proxyAddresses=SMTP:a)(uid=local)(cn=a))")]
    [InlineData("(&(|(objectClass=group)(objectClass=person)(objectClass=publicFolder))(mail=*))")]
    [InlineData("(&(objectCategory=person)(objectclass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(proxyAddresses=SMTP:a@b.example))")]
    [InlineData("(&(!(msExchRequireAuthToSendTo=TRUE))(!(objectClass=contact)))")]
    [InlineData("(&(objectClass=inetLocalMailRecipient)(|(mail=a@b.example)(mailLocalAddress=a@b.example)(mailLocalAddress=@b.example)))")]
    [InlineData("(&(|(mail=a)(mailalternateaddress=a)(mailalternateaddress=catchall@b.example))(accountstatus=active))")]
    [InlineData("(mail=a*)")]
    [InlineData("(proxyAddresses=smtp\\3Aa\\40b.example)")]
    public void Filters_of_gateways_are_read_and_cross_the_wire(string text)
    {
        Assert.True(FilterText.TryParse(text, FilterTextOptions.Tolerant, out var filter, out var fault), fault);
        var request = Wire.Read<SearchRequest>(Wire.Write(new SearchRequest("", SearchScope.WholeSubtree, filter)));
        Assert.Equal(FilterDump.Of(filter), FilterDump.Of(request.Filter));
        if (FilterText.TryParse(text, out var strict, out _))
            Assert.Equal(FilterDump.Of(filter), FilterDump.Of(strict));
        else
            Assert.DoesNotContain("(", text[..1], StringComparison.Ordinal);
    }
}
