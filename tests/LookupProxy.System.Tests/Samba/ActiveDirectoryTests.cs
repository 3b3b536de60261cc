using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Samba;

/// <summary>The main job against two real Active Directory forests (Samba).</summary>
public sealed class ActiveDirectoryTests(TwoForests lab) : IClassFixture<TwoForests>
{
    private static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("mailbox")]
    [InlineData("mailbox.alias")]
    [InlineData("MAILBOX.Alias")]
    [InlineData("mixed.case")]
    [InlineData("group")]
    [InlineData("contact")]
    [InlineData("disabled")]
    public async Task A_recipient_of_either_forest_is_accepted(string kind)
    {
        Assert.Equal("250 2.1.5 Ok", (await lab.Postfix.RecipientAsync($"contoso.{kind}@corp.example")).ToString());
        Assert.Equal("250 2.1.5 Ok", (await lab.Postfix.RecipientAsync($"fabrikam.{kind}@corp.example")).ToString());
    }

    [Theory]
    [InlineData("nobody")]
    // A SIP address in proxyAddresses is no mail address.
    [InlineData("contoso.mailbox.sip")]
    // A domain's root answers every search with references to Configuration and the DNS zones: they hide no recipient.
    [InlineData("krbtgt")]
    public async Task A_recipient_of_neither_forest_is_rejected_with_550_5_1_1(string name)
    {
        Assert.Equal($"550 5.1.1 <{name}@corp.example>: Recipient address rejected: User unknown", (await lab.Postfix.RecipientAsync($"{name}@corp.example")).ToString());
    }

    [Fact]
    public async Task The_global_catalog_answers_for_the_whole_forest()
    {
        await using var proxy = await LookupProxyServer.StartAsync(server =>
            TwoForests.Directory(server, lab.Contoso, $"ldaps://{lab.Contoso.Address}:3269", "") + "\n"
            + TwoForests.Directory(server, lab.Fabrikam, $"ldap://{lab.Fabrikam.Address}:3268", "", "startTls: true"));

        Assert.Equal("DUNNO", await proxy.AskPolicyAsync("contoso.contact@corp.example"));
        Assert.Equal("DUNNO", await proxy.AskPolicyAsync("fabrikam.group@corp.example"));
        Assert.StartsWith("550 5.1.1 ", await proxy.AskPolicyAsync("nobody@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forest_that_wants_TLS_and_is_asked_without_makes_no_one_unknown()
    {
        await using var proxy = await LookupProxyServer.StartAsync(server =>
            TwoForests.Directory(server, lab.Contoso, $"ldaps://{lab.Contoso.Address}", lab.Contoso.BaseDn) + "\n"
            + TwoForests.Directory(server, lab.Fabrikam, $"ldap://{lab.Fabrikam.Address}", lab.Fabrikam.BaseDn));

        Assert.Equal("DUNNO", await proxy.AskPolicyAsync("contoso.mailbox@corp.example"));
        Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", await proxy.AskPolicyAsync("fabrikam.mailbox@corp.example"), StringComparison.Ordinal);
        Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", await proxy.AskPolicyAsync("nobody@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_forests_base_is_no_absence()
    {
        await using var proxy = await LookupProxyServer.StartAsync(server =>
            TwoForests.Directory(server, lab.Contoso, $"ldaps://{lab.Contoso.Address}", lab.Contoso.BaseDn) + "\n"
            + TwoForests.Directory(server, lab.Fabrikam, $"ldaps://{lab.Fabrikam.Address}", lab.Contoso.BaseDn));

        Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", await proxy.AskPolicyAsync("nobody@corp.example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("is killed")]
    public async Task Nobody_is_rejected_while_a_forest(string fault)
    {
        // Fresh, so that no cached answer decides.
        await using var proxy = await LookupProxyServer.StartAsync(server =>
            TwoForests.Directory(server, lab.Contoso, $"ldaps://{lab.Contoso.Address}", lab.Contoso.BaseDn) + "\n"
            + TwoForests.Directory(server, lab.Fabrikam, $"ldaps://{lab.Fabrikam.Address}", lab.Fabrikam.BaseDn));
        await using var postfix = await PostfixGateway.StartAsync(PostfixRecipe.Tcp(proxy));
        Assert.Equal(250, (await postfix.RecipientAsync("fabrikam.mailbox@corp.example")).Code);

        await BreakAsync(fault);
        try
        {
            Assert.Equal(250, (await postfix.RecipientAsync("contoso.mailbox@corp.example")).Code);
            Assert.Equal(250, (await postfix.RecipientAsync("fabrikam.mailbox@corp.example")).Code);
            AssertDeferred(await postfix.RecipientAsync("fabrikam.group@corp.example"));
            AssertDeferred(await postfix.RecipientAsync("nobody@corp.example"));
        }
        finally
        {
            await RepairAsync(fault);
        }

        var last = default(SmtpReply);
        await Eventually.TrueAsync(
            async () => (last = await postfix.RecipientAsync("fabrikam.group@corp.example")).Code == 250,
            RecoveryWithin,
            () => $"fabrikam's recipients are accepted again; last {last}\n{proxy.Log.Tail(40)}");
        Assert.Equal("5.1.1", (await postfix.RecipientAsync("nobody@corp.example")).EnhancedCode);
    }

    private static void AssertDeferred(SmtpReply reply) => Assert.Equal((450, "4.4.3"), (reply.Code, reply.EnhancedCode));

    private async Task BreakAsync(string fault)
    {
        if (fault == "hangs")
            lab.Fabrikam.Suspend();
        else
            await lab.Fabrikam.KillAsync();
    }

    private async Task RepairAsync(string fault)
    {
        if (fault == "hangs")
            lab.Fabrikam.Resume();
        else
            await lab.Fabrikam.StartAsync();
    }
}
