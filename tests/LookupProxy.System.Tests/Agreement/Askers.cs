using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Text.Json;
using LookupProxy.SystemTests.Ldap.Wire;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Agreement;

/// <summary>All questions by one protocol, many at a time. What comes back is in that protocol's words.</summary>
internal static class Askers
{
    /// <summary>Searches under way on the one LDAP connection: below endpoints.ldap.maxOutstanding.</summary>
    private const int Pipelined = 200;

    /// <summary>As gateways write them (see the catalogue in the endpoint's own tests); every one is true of any recipient's entry.</summary>
    private static readonly Func<string, Action<AsnWriter>>[] Filters =
    [
        static address => LdapPdu.Equal("mail", address),
        static address => LdapPdu.Equal("proxyAddresses", $"smtp:{address}"),
        static address => LdapPdu.Or(LdapPdu.Equal("mail", address), LdapPdu.Equal("proxyAddresses", $"SMTP:{address}")),
        static address => LdapPdu.And(LdapPdu.Equal("objectClass", "inetLocalMailRecipient"), LdapPdu.Equal("mailLocalAddress", address)),
        static address => LdapPdu.Or(LdapPdu.Equal("otherMailbox", $"smtp${address}"), LdapPdu.Equal("proxyaddresses", $"smtp${address}"), LdapPdu.Equal("mail", address)),
        static address => LdapPdu.And(LdapPdu.Equal("proxyAddresses", $"smtp:{address}"), LdapPdu.Not(LdapPdu.Equal("msExchRequireAuthToSendTo", "TRUE"))),
    ];

    /// <returns>The action's first two words, such as "550 5.1.1" or "DUNNO".</returns>
    public static async Task<string[]> PolicyAsync(LookupProxyServer proxy, Question[] questions)
    {
        var said = new string[questions.Length];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var client = await proxy.ConnectPolicyAsync();
            for (var i = Interlocked.Increment(ref next); i < questions.Length; i = Interlocked.Increment(ref next))
                said[i] = string.Join(' ', (await client.AskAsync(questions[i].Mailbox)).Split(' ').Take(2));
        }));
        return said;
    }

    /// <returns>The number of entries and the result code, such as "1 entry, 0".</returns>
    public static async Task<string[]> LdapAsync(LookupProxyServer proxy, Question[] questions)
    {
        await using var client = await RawLdapClient.BindAsync(proxy.LdapPort, AgreementLab.Account, AgreementLab.Password);
        using var room = new SemaphoreSlim(Pipelined);
        var reading = ReadAllAsync(client, questions.Length, room);
        for (var i = 0; i < questions.Length; i++)
        {
            await room.WaitAsync();
            await client.SendAsync(LdapPdu.Search(i + 2, Filters[i % Filters.Length](questions[i].Bare), attributes: "mail"));
        }

        return await reading;
    }

    /// <returns>The status and the action, such as "404 reject".</returns>
    public static async Task<string[]> HttpAsync(LookupProxyServer proxy, Question[] questions)
    {
        var said = new string[questions.Length];
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 8 };
        using var client = new HttpClient(handler);
        await Parallel.ForEachAsync(Enumerable.Range(0, questions.Length), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) =>
        {
            using var response = await client.GetAsync(new Uri($"{proxy.Url}/v1/recipients/{Uri.EscapeDataString(questions[i].Mailbox)}"), stop);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stop));
            var action = body.RootElement.TryGetProperty("action", out var value) ? value.GetString() : "no action";
            said[i] = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {action}");
        });
        return said;
    }

    private static async Task<string[]> ReadAllAsync(RawLdapClient client, int count, SemaphoreSlim room)
    {
        var said = new string[count];
        var entries = new int[count];
        for (var done = 0; done < count;)
        {
            var reply = await client.ReadAsync();
            var index = reply.MessageId - 2;
            if (reply.Operation == LdapReply.Entry)
            {
                entries[index]++;
                continue;
            }

            said[index] = string.Create(CultureInfo.InvariantCulture, $"{entries[index]} entries, {reply.ResultCode}");
            room.Release();
            done++;
        }

        return said;
    }
}
