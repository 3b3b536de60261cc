using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.SharedDomain;

namespace LookupProxy.SystemTests.Serving;

public sealed class ShutdownTests
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task SIGTERM_loses_no_answer_that_was_begun()
    {
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();
        // Answers take their time, so that they are under way when the signal comes.
        lab.Fabrikam.Suspend();
        var clients = new List<PolicyClient>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                clients.Add(await lab.Proxy.ConnectPolicyAsync());
                await clients[i].SendAsync(PolicyClient.Request($"fabrikam.unseen{i}@corp.example"));
            }

            await Eventually.TrueAsync(
                async () => (await lab.Proxy.GetTextAsync("/metrics")).Contains("lookupproxy_endpoint_connections{lookupproxy_endpoint=\"policy\"} 50\n", StringComparison.Ordinal),
                TimeSpan.FromSeconds(10),
                static () => "all connections are accepted");
            lab.Proxy.Send(Signal.Terminate);

            var answers = await Task.WhenAll(clients.Select(static client => client.ReadActionAsync()));
            Assert.All(answers, static answer => Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", answer, StringComparison.Ordinal));
            Assert.Equal(0, await lab.Proxy.WaitForExitAsync(ExitWithin));
        }
        finally
        {
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task SIGTERM_under_load_ends_every_connection_between_two_answers()
    {
        await using var lab = new TwoLists();
        await lab.InitializeAsync();
        var clients = Enumerable.Range(0, 16).Select(_ => AskUntilClosedAsync(lab.Proxy)).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        lab.Proxy.Send(Signal.Terminate);

        var answers = await Task.WhenAll(clients);
        Assert.All(answers, static count => Assert.True(count > 0));
        Assert.Equal(0, await lab.Proxy.WaitForExitAsync(ExitWithin));
    }

    /// <returns>Whole answers. Half an answer, or a wrong one, throws.</returns>
    private static async Task<int> AskUntilClosedAsync(LookupProxyServer proxy)
    {
        await using var client = await proxy.ConnectPolicyAsync();
        for (var answers = 0; ; answers++)
        {
            try
            {
                Assert.Equal("DUNNO", await client.AskAsync("anna@corp.example"));
            }
            catch (IOException)
            {
                return answers;
            }
        }
    }
}
