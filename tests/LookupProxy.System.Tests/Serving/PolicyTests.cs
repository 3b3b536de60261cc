using System.Net.Sockets;
using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Serving;

public sealed class PolicyTests(TwoLists lab) : IClassFixture<TwoLists>
{
    [Fact]
    public async Task One_connection_serves_many_requests()
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("DUNNO", await client.AskAsync("anna@corp.example"));
            Assert.StartsWith("550 5.1.1 ", await client.AskAsync($"nobody{i}@corp.example"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData("END-OF-MESSAGE")]
    [InlineData("ETRN")]
    public async Task Only_a_recipients_state_is_judged(string state)
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        await client.SendAsync($"request=smtpd_access_policy\nprotocol_state={state}\nrecipient=nobody@corp.example\n\n");

        Assert.Equal("DUNNO", await client.ReadActionAsync());
    }

    [Fact]
    public async Task Another_domain_is_left_to_the_gateway()
    {
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("someone@elsewhere.example"));
    }

    [Fact]
    public async Task A_recipient_that_is_no_address_is_refused_and_never_looked_up()
    {
        Assert.StartsWith("550 5.1.3 ", await lab.Proxy.AskPolicyAsync($"{new string('a', 255)}@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unix_socket_answers_as_the_port_does()
    {
        await using var client = await PolicyClient.ConnectAsync(new UnixDomainSocketEndPoint(lab.Proxy.PolicySocket));

        Assert.Equal("DUNNO", await client.AskAsync("zoe@corp.example"));
        Assert.StartsWith("550 5.1.1 ", await client.AskAsync("nobody@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_context_chooses_the_view()
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();

        Assert.Equal("DUNNO", await client.AskAsync("zoe@corp.example"));
        Assert.Equal("DUNNO", await client.AskAsync("anna@corp.example", "inner"));
        Assert.StartsWith("550 5.1.1 ", await client.AskAsync("zoe@corp.example", "inner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postfix_asks_over_the_unix_socket_and_chooses_a_view()
    {
        await using var postfix = await PostfixGateway.StartAsync(PostfixRecipe.WithView(PostfixRecipe.UnixSocket(lab.Proxy), "inner"));

        Assert.Equal("250 2.1.5 Ok", (await postfix.RecipientAsync("anna@corp.example")).ToString());
        Assert.Equal("5.1.1", (await postfix.RecipientAsync("zoe@corp.example")).EnhancedCode);
    }
}
