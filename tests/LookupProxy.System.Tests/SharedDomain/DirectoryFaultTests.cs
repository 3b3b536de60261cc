using System.Net;
using System.Text.Json;
using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>
/// Whatever happens to one of the two directories, nobody who exists is rejected: its recipients and unknown ones are deferred, the other's are accepted,
/// and so are its own that were seen before. Two seconds after the repair all is as it was.
/// </summary>
public sealed class DirectoryFaultTests
{
    /// <summary>EX_TEMPFAIL.</summary>
    private const int ExitCodeUnknown = 75;

    private static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Faults => [.. DirectoryFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nobody_is_rejected_while_a_directory(string fault)
    {
        var (told, breakAsync, repairAsync) = DirectoryFaults.All[fault];
        await using var lab = new TwoDirectories();
        await lab.InitializeAsync();
        await AssertAllIsWellAsync(lab, unseen: 1);

        await breakAsync(lab);
        await AssertExplainedAsync(lab, told);
        await AssertDeferredAsync(lab, "fabrikam2@corp.example");
        await AssertDeferredAsync(lab, "nobody2@corp.example");
        await AssertAcceptedAsync(lab, "contoso2@corp.example");
        await AssertAcceptedAsync(lab, "both@corp.example");
        await AssertAcceptedAsync(lab, "fabrikam1@corp.example");

        await repairAsync(lab);
        var last = default(SmtpReply);
        await Eventually.TrueAsync(
            async () =>
            {
                last = await lab.Postfix.RecipientAsync("fabrikam2@corp.example");
                Assert.NotEqual(5, last.Code / 100);
                return last.Code == 250;
            },
            RecoveryWithin,
            () => $"fabrikam's recipients are accepted again; last {last}\n{lab.Proxy.Log.Tail(40)}");
        await AssertAllIsWellAsync(lab, unseen: 3);
    }

    /// <summary>Why it cannot answer is told to whoever runs the proxy; the proxy itself is fit to answer.</summary>
    private static async Task AssertExplainedAsync(TwoDirectories lab, string told)
    {
        var check = await lab.Proxy.CheckAsync("fabrikam2@corp.example", "--explain", "--json");
        Assert.True(check.ExitCode == ExitCodeUnknown, $"{check.ExitCode}\n{check.Output}\n{check.Error}");
        Assert.Matches(told, check.Output);

        using (var asked = await lab.Proxy.GetAsync("/v1/recipients/fabrikam2@corp.example?explain=true"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
            Assert.NotNull(asked.Headers.RetryAfter);
            Assert.Matches(told, await asked.Content.ReadAsStringAsync());
        }

        using var health = JsonDocument.Parse(await lab.Proxy.GetTextAsync("/health"));
        var fabrikam = health.RootElement.GetProperty("directories").EnumerateArray().Single(static directory => directory.GetProperty("name").GetString() == "fabrikam");
        Assert.Matches(told, fabrikam.GetProperty("servers")[0].GetProperty("lastError").GetString());
        using var ready = await lab.Proxy.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    private static async Task AssertAllIsWellAsync(TwoDirectories lab, int unseen)
    {
        await AssertAcceptedAsync(lab, $"contoso{unseen}@corp.example");
        await AssertAcceptedAsync(lab, $"fabrikam{unseen}@corp.example");
        var nobody = await lab.Postfix.RecipientAsync($"nobody{unseen}@corp.example");
        Assert.True(nobody is { Code: 550, EnhancedCode: "5.1.1" }, $"{nobody}\n{lab.Proxy.Log.Tail(40)}");
    }

    private static async Task AssertAcceptedAsync(TwoDirectories lab, string recipient)
    {
        var reply = await lab.Postfix.RecipientAsync(recipient);
        Assert.True(reply.Code == 250, $"{reply}\n{lab.Proxy.Log.Tail(40)}");
    }

    private static async Task AssertDeferredAsync(TwoDirectories lab, string recipient)
    {
        var reply = await lab.Postfix.RecipientAsync(recipient);
        var expected = $"450 4.4.3 <{recipient}>: Recipient address rejected: Recipient directory unavailable, try again later";
        Assert.True(reply.ToString() == expected, $"{reply}\n{lab.Proxy.Log.Tail(40)}");
    }
}
