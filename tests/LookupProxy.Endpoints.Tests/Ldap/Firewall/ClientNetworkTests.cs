using System.Net;
using System.Net.Sockets;
using LookupProxy.Endpoints.Ldap.Firewall;

namespace LookupProxy.Endpoints.Tests.Ldap.Firewall;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.200", true)]
    [InlineData("192.0.2.0/24", "192.0.3.1", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "198.51.100.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("unix", "192.0.2.7", false)]
    public void It_contains_what_lies_in_it(string network, string client, bool contains)
    {
        Assert.True(ClientNetwork.TryParse(network, out var parsed));

        Assert.Equal(contains, parsed.Contains(new IPEndPoint(IPAddress.Parse(client), 4000)));
    }

    [Fact]
    public void A_Unix_socket_is_a_network_of_its_own()
    {
        Assert.True(ClientNetwork.TryParse("unix", out var unix));
        Assert.True(ClientNetwork.TryParse("0.0.0.0/0", out var any));

        Assert.True(unix.Contains(new UnixDomainSocketEndPoint("/run/ldap")));
        Assert.False(any.Contains(new UnixDomainSocketEndPoint("/run/ldap")));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("10/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("192.0.2.0/33")]
    [InlineData("gateway.example")]
    [InlineData("")]
    public void What_is_neither_is_refused(string text) => Assert.False(ClientNetwork.TryParse(text, out _));
}
