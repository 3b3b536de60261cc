using LookupProxy.Ldap.Client.Connecting;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public class ServerAddressTests
{
    [Theory]
    [InlineData("ldap://dc1.contoso.example", "dc1.contoso.example:389", false)]
    [InlineData("ldaps://dc1.contoso.example", "dc1.contoso.example:636", true)]
    [InlineData("ldaps://dc1.contoso.example:3269/", "dc1.contoso.example:3269", true)]
    [InlineData("ldap://10.0.0.1:1389", "10.0.0.1:1389", false)]
    [InlineData("ldaps://[2001:db8::1]", "[2001:db8::1]:636", true)]
    [InlineData("LDAP://DC1.contoso.example", "dc1.contoso.example:389", false)]
    [InlineData("ldap://bücher.example", "xn--bcher-kva.example:389", false)]
    public void A_url_names_host_port_and_security(string uri, string text, bool tls)
    {
        var address = ServerAddress.Parse(new Uri(uri));

        Assert.Equal(text, address.ToString());
        Assert.Equal(tls, address.TlsFromTheStart);
    }
}
