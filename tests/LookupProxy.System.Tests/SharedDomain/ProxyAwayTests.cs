using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.SharedDomain;

public sealed class ProxyAwayTests
{
    [Fact]
    public async Task Postfix_defers_while_LookupProxy_is_away_and_goes_on_when_it_is_back()
    {
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();
        Assert.Equal(250, (await lab.Postfix.RecipientAsync("contoso1@corp.example")).Code);

        await lab.Proxy.KillAsync();
        Assert.Equal((451, "4.4.3"), Codes(await lab.Postfix.RecipientAsync("contoso1@corp.example")));
        Assert.Equal((451, "4.4.3"), Codes(await lab.Postfix.RecipientAsync("nobody1@corp.example")));

        await lab.Proxy.StartAsync();
        Assert.Equal((250, "2.1.5"), Codes(await lab.Postfix.RecipientAsync("contoso1@corp.example")));
        Assert.Equal((550, "5.1.1"), Codes(await lab.Postfix.RecipientAsync("nobody1@corp.example")));
    }

    [Fact]
    public async Task Postfix_defers_while_LookupProxy_hangs_and_goes_on_when_it_is_back()
    {
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();

        lab.Proxy.Send(Signal.Stop);
        Assert.Equal((451, "4.4.3"), Codes(await lab.Postfix.RecipientAsync("nobody1@corp.example")));

        lab.Proxy.Send(Signal.Continue);
        Assert.Equal((550, "5.1.1"), Codes(await lab.Postfix.RecipientAsync("nobody1@corp.example")));
    }

    [Fact]
    public async Task A_restart_between_two_recipients_of_one_session_costs_no_mail()
    {
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();
        await using var session = await Postfix.SmtpSession.BeginAsync(lab.Postfix.Port);
        Assert.Equal(250, (await session.RecipientAsync("contoso1@corp.example")).Code);

        await lab.Proxy.StopAsync();
        await lab.Proxy.StartAsync();

        Assert.Equal(250, (await session.RecipientAsync("fabrikam1@corp.example")).Code);
        Assert.Equal(250, (await session.DataAsync("after a restart")).Code);
    }

    [Fact]
    public async Task LookupProxy_starts_while_a_directory_is_away()
    {
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();
        await lab.Fabrikam.ShutDownAsync();

        await lab.Proxy.StopAsync();
        await lab.Proxy.StartAsync();
        Assert.Equal((250, "2.1.5"), Codes(await lab.Postfix.RecipientAsync("contoso1@corp.example")));
        Assert.Equal((450, "4.4.3"), Codes(await lab.Postfix.RecipientAsync("fabrikam1@corp.example")));

        await lab.Fabrikam.RestartAsync();
        await Eventually.TrueAsync(
            async () => (await lab.Postfix.RecipientAsync("fabrikam1@corp.example")).Code == 250,
            TimeSpan.FromSeconds(2),
            () => $"fabrikam's recipients are accepted\n{lab.Proxy.Log.Tail(40)}");
    }

    private static (int Code, string Enhanced) Codes(Postfix.SmtpReply reply) => (reply.Code, reply.EnhancedCode);
}
