using LookupProxy.SystemTests.Gateways;

namespace LookupProxy.SystemTests.Sendmail;

/// <summary>FEATURE(`ldap_routing'), whose rejection Sendmail writes with 5.0.0.</summary>
public sealed class SendmailRoutingTests(SendmailRoutingTests.Lab lab) : GatewayTests(lab), IClassFixture<SendmailRoutingTests.Lab>
{
    protected override string Rejected => "550 5.0.0 ";

    protected override string Deferred => "451 4.3.5 ";

    protected override string DeferredAway => "451 4.3.0 ";

    public sealed class Lab(GatewayDirectories directories) : SendmailLab(directories)
    {
        internal override (string File, string Shown, string Actual) Recipe =>
            ("ldap-routing.mc", "LDAPROUTE_DOMAIN(`corp.example')", $"LDAPROUTE_DOMAIN(`{Domains}')");
    }
}

/// <summary>A map and rules of ours.</summary>
public sealed class SendmailRulesTests(SendmailRulesTests.Lab lab) : GatewayTests(lab), IClassFixture<SendmailRulesTests.Lab>
{
    protected override string Rejected => "550 5.1.1 ";

    protected override string Deferred => "451 4.3.5 ";

    protected override string DeferredAway => "451 4.4.3 ";

    public sealed class Lab(GatewayDirectories directories) : SendmailLab(directories)
    {
        internal override (string File, string Shown, string Actual) Recipe =>
            ("ldap-check-rcpt.mc", "C{LookupProxy} corp.example", $"C{{LookupProxy}} {Domains}");
    }
}

public abstract class SendmailLab(GatewayDirectories directories) : GatewayLab(directories)
{
    internal static string Domains => GatewayRecipe.Domains.Replace(",", "", StringComparison.Ordinal);

    /// <summary>A recipe, and what says in it which domains it is for.</summary>
    internal abstract (string File, string Shown, string Actual) Recipe { get; }

    internal override async Task<IMailGateway> StartGatewayAsync() => await SendmailGateway.StartAsync(GatewayRecipe.Shipped(
        $"sendmail/{Recipe.File}",
        ("ldap://127.0.0.1:10389", $"ldap://127.0.0.1:{Proxy.LdapPort}"),
        ("/etc/mail/lookupproxy.password", WriteSecret("sendmail.password", Password + "\n")),
        (Recipe.Shown, Recipe.Actual)));
}
