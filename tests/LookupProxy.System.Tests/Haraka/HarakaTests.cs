using LookupProxy.SystemTests.Gateways;

namespace LookupProxy.SystemTests.Haraka;

/// <summary>haraka-plugin-rcpt-ldap, whose replies have no enhanced status codes.</summary>
public sealed class HarakaLdapTests(HarakaLdapTests.Lab lab) : GatewayTests(lab), IClassFixture<HarakaLdapTests.Lab>
{
    protected override string Rejected => "550 Sorry - no mailbox here by that name.";

    protected override string Deferred => "450 Backend failure.";

    protected override bool Escapes => false;

    public sealed class Lab(GatewayDirectories directories) : GatewayLab(directories)
    {
        internal override async Task<IMailGateway> StartGatewayAsync()
        {
            var recipe = GatewayRecipe.Shipped("haraka/rcpt_to.ldap.ini", ("ldap://127.0.0.1:10389", $"ldap://127.0.0.1:{Proxy.LdapPort}"));
            // As the recipe's comment says: a section for each domain.
            var section = recipe[recipe.IndexOf("[corp.example]", StringComparison.Ordinal)..];
            var sections = GatewayRecipe.Domains.Split(", ")[1..].Select(domain => GatewayRecipe.Replaced(section, "[corp.example]", $"[{domain}]"));
            return await HarakaGateway.StartAsync("rcpt-ldap\nrcpt_to.in_host_list\n", ("config/rcpt_to.ldap.ini", recipe + string.Concat(sections)), ("config/rcpt-ldap.timeout", "8\n"));
        }
    }
}

public sealed class HarakaHttpTests(HarakaHttpTests.Lab lab) : GatewayTests(lab), IClassFixture<HarakaHttpTests.Lab>
{
    protected override string Rejected => "550 5.1.1 User unknown";

    protected override string Deferred => "450 4.4.3 ";

    public sealed class Lab(GatewayDirectories directories) : GatewayLab(directories)
    {
        internal override async Task<IMailGateway> StartGatewayAsync() => await HarakaGateway.StartAsync(
            "lookupproxy\n",
            ("plugins/lookupproxy.js", GatewayRecipe.Shipped("haraka/lookupproxy.js")),
            ("config/lookupproxy.ini", $"url = http://127.0.0.1:{Proxy.HttpPort}\ndomains = {GatewayRecipe.Domains}\n"));
    }
}
