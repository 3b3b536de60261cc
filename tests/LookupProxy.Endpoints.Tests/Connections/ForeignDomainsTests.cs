using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Tests.Ldap;
using LookupProxy.Endpoints.Tests.Policy;

namespace LookupProxy.Endpoints.Tests.Connections;

/// <summary>A domain that is misspelt in the configuration: nobody in it is known, and it is not ours.</summary>
public sealed class ForeignDomainsTests
{
    [Fact]
    public async Task Over_LDAP_the_operator_is_told_of_it_once()
    {
        var fixture = new LdapFixture();
        var client = fixture.Connect();
        for (var i = 0; i < 3; i++)
            await client.SearchAsync("(|(mail=anna@crop.example)(mail=zoe@CROP.example))");

        Assert.Contains("crop.example", Assert.Single(fixture.Log.Loud), StringComparison.Ordinal);
    }

    [Fact]
    public void Over_policy_too()
    {
        var policy = new PolicyFixture();
        policy.AskFor("anna@crop.example");
        policy.AskFor("zoe@crop.example");

        Assert.Contains("crop.example", Assert.Single(policy.Log.Loud), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_asks_for_ever_new_domains_does_not_fill_the_log()
    {
        var policy = new PolicyFixture();
        for (var i = 0; i < 100; i++)
            policy.AskFor($"anna@d{i}.example");

        Assert.Equal(ForeignDomains.Most, policy.Log.Loud.Count());
    }
}
