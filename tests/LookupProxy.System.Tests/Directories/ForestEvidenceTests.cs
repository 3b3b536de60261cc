using System.Text.Json;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Samba;

namespace LookupProxy.SystemTests.Directories;

/// <summary>What a real Active Directory forest (Samba) is said to have answered, and why when it could not: what an operator sees with ?explain=true.</summary>
public sealed class ForestEvidenceTests(OneForest lab) : IClassFixture<OneForest>
{
    private static readonly TimeSpan KnownWithin = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("contoso.mailbox", "mailbox", "contoso.mailbox@corp.example", false, false)]
    [InlineData("contoso.mailbox.alias", "mailbox", "contoso.mailbox@corp.example", false, false)]
    [InlineData("contoso.disabled", "mailbox", "contoso.disabled@corp.example", true, false)]
    [InlineData("contoso.group", "group", "contoso.group@corp.example", false, true)]
    [InlineData("contoso.contact", "contact", "somebody@partner.example", false, false)]
    public async Task A_recipient_is_described_as_the_forest_knows_it(string name, string kind, string primary, bool disabled, bool authenticatedOnly)
    {
        await using var proxy = await lab.ProxyAsync("");
        using var body = await AskAsync(proxy, $"{name}@corp.example", "exists");
        var recipient = body.RootElement.GetProperty("recipient");
        Assert.Equal("contoso", recipient.GetProperty("directory").GetString());
        Assert.Equal(kind, recipient.GetProperty("kind").GetString());
        Assert.Equal(primary, recipient.GetProperty("primaryAddress").GetString());
        Assert.Equal(disabled, recipient.GetProperty("disabled").GetBoolean());
        Assert.Equal(authenticatedOnly, recipient.GetProperty("authenticatedSendersOnly").GetBoolean());
    }

    [Theory]
    [InlineData("disabled: absent", "contoso.disabled", "absent", null)]
    [InlineData("disabled: absent", "contoso.mailbox", "exists", null)]
    [InlineData("filter: \"(proxyAddresses=smtp:{address})\"", "contoso.mailbox.alias", "exists", null)]
    // The root's references to Configuration and the DNS zones count where the schema does not say that this is Active Directory.
    [InlineData("schema: openldap", "nobody", "unknown", "global catalog")]
    [InlineData("schema: openldap\nreferences: ignore", "nobody", "absent", null)]
    [InlineData("baseDn: \"OU=Nope,DC=contoso,DC=local\"", "nobody", "unknown", "noSuchObject (32)")]
    [InlineData("baseDn: \"DC=fabrikam,DC=local\"", "nobody", "unknown", "noSuchObject (32)")]
    [InlineData("baseDn: [\"OU=Mail,DC=contoso,DC=local\", \"CN=Users,DC=contoso,DC=local\"]", "nobody", "absent", null)]
    [InlineData("baseDn: [\"OU=Mail,DC=contoso,DC=local\", \"OU=Nope,DC=contoso,DC=local\"]", "nobody", "unknown", "noSuchObject (32)")]
    [InlineData("baseDn: [\"OU=Mail,DC=contoso,DC=local\", \"OU=Nope,DC=contoso,DC=local\"]", "contoso.mailbox", "exists", null)]
    [InlineData("servers: [\"ldap://HOST\"]\ntls: { caFile: CA, startTls: true }", "contoso.mailbox", "exists", null)]
    [InlineData("servers: [\"ldap://HOST\"]", "contoso.mailbox", "unknown", "strongerAuthRequired (8)")]
    [InlineData("-tls", "contoso.mailbox", "unknown", "certificate")]
    [InlineData("bindDn: Administrator@contoso.local", "contoso.mailbox", "unknown", "invalidCredentials (49)")]
    [InlineData("-bindDn\n-passwordFile", "contoso.mailbox", "unknown", "operationsError (1)")]
    [InlineData("servers: [\"ldaps://HOST:3269\"]\nbaseDn: \"\"", "contoso.contact", "exists", null)]
    [InlineData("servers: [\"ldaps://HOST:3269\"]\nbaseDn: \"\"", "nobody", "absent", null)]
    [InlineData("baseDn: \"\"", "nobody", "unknown", "noSuchObject (32)")]
    [InlineData("filter: \"(proxyAdresses=smtp:{address})\"", "contoso.mailbox", "unknown", "finds nobody at all")]
    public async Task The_answer_is_told_and_why(string settings, string name, string answer, string? why)
    {
        await using var proxy = await lab.ProxyAsync(settings);
        using var body = await AskAsync(proxy, $"{name}@corp.example", answer);
        var said = Evidence(body);
        Assert.Equal(answer, said.GetProperty("answer").GetString());
        if (why is null)
        {
            Assert.False(said.TryGetProperty("detail", out _));
            return;
        }

        // In the evidence; or, where the background's probe has opened the circuit before, in the health of the server.
        var told = "";
        await Eventually.TrueAsync(
            async () =>
            {
                using var again = await AskAsync(proxy, $"{name}@corp.example", answer);
                Assert.Equal(answer, Evidence(again).GetProperty("answer").GetString());
                using var health = await proxy.GetAsync("/health");
                told = again.RootElement.GetRawText() + await health.Content.ReadAsStringAsync();
                return told.Contains(why, StringComparison.Ordinal);
            },
            KnownWithin,
            () => $"it is told why: {why}; last {told}\n{proxy.Log.Tail(40)}");
    }

    /// <summary>Asks again while it is unknown and should not be: a forest that shares a busy machine may miss its first probe.</summary>
    private static async Task<JsonDocument> AskAsync(LookupProxyServer proxy, string address, string expected)
    {
        JsonDocument? body = null;
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await proxy.GetAsync($"/v1/recipients/{address}?explain=true");
                body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                return expected == "unknown" || Evidence(body).GetProperty("answer").GetString() != "unknown";
            },
            KnownWithin,
            () => $"the forest answers for {address}; last {body?.RootElement}\n{proxy.Log.Tail(40)}");
        return body!;
    }

    private static JsonElement Evidence(JsonDocument body) => body.RootElement.GetProperty("evidence")[0];
}
