using System.Net;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Ldap.Accounts;

public class FailedBindsTests
{
    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Who_guesses_from_one_address_after_the_other_of_his_own_network_is_one_client(string guesser, string other, bool barred)
    {
        var failures = new FailedBinds(new ManualTimeProvider());
        for (var i = 0; i < 10; i++)
            failures.Add(Client(guesser));
        Assert.Equal(barred, failures.IsBarred(Client(other)));
    }

    private static IPEndPoint Client(string address) => new(IPAddress.Parse(address), 4711);
}
