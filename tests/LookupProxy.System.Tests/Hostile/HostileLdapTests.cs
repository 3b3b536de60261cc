using System.Formats.Asn1;
using System.Net.Sockets;
using LookupProxy.SystemTests.Ldap.Wire;

namespace LookupProxy.SystemTests.Hostile;

/// <summary>Whatever some clients of the LDAP endpoint do, the others are served well, memory stays bounded and the process lives.</summary>
public sealed class HostileLdapTests(HostileLab lab) : IClassFixture<HostileLab>
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(10);

    private static readonly Action<AsnWriter> Anna = LdapPdu.Equal("mail", "anna1@corp.example");

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "no BER", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray() },
        { "TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03] },
        { "two gigabytes announced", [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x02, 0x01, 0x01] },
        { "a length of eight octets", [0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "no definite length", [0x30, 0x80, 0x02, 0x01, 0x01, 0x00, 0x00] },
        { "a message id below zero", [0x30, 0x05, 0x02, 0x01, 0xFF, 0x42, 0x00] },
        { "message id zero", [0x30, 0x05, 0x02, 0x01, 0x00, 0x42, 0x00] },
        { "an operation that no client asks for", [0x30, 0x05, 0x02, 0x01, 0x01, 0x65, 0x00] },
        { "an inner length beyond the outer", [0x30, 0x0C, 0x02, 0x01, 0x01, 0x60, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x02, 0x01, 0x03] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_LDAP_is_closed(string what, byte[] octets)
    {
        await using var client = await lab.ConnectAsync();
        await client.SendAsync(octets);

        Assert.True(await client.IsClosedAsync(CloseWithin), what);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(33, false)]
    [InlineData(1_000, false)]
    [InlineData(30_000, false)]
    public async Task A_filter_is_answered_or_refused_by_its_depth(int depth, bool isAnswered)
    {
        await using var client = await lab.BindAsync();
        var search = LdapPdu.Search(2, LdapPdu.Nested(depth, Anna), attributes: "mail");

        if (isAnswered)
        {
            Assert.Equal(0, (await client.SearchAsync(search)).ResultCode);
            return;
        }

        await client.SendAsync(search);
        Assert.True(await client.IsClosedAsync(CloseWithin));
    }

    [Fact]
    public async Task Random_octets_by_thousands_of_connections()
    {
        var random = new Random(20260101);
        var good = LdapPdu.Search(2, LdapPdu.Or(Anna, LdapPdu.Equal("proxyAddresses", "smtp:anna1@corp.example")), attributes: ["mail", "cn"]);
        await Attack.RunAsync(lab, "1000 connections with mutated requests", () => AllAsync(1000, atOnce: 100, async number =>
        {
            byte[] octets;
            lock (random)
            {
                octets = [.. good, .. good, .. good];
                for (var i = 0; i <= number % 5; i++)
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            await using var client = await lab.BindAsync();
            await client.SendAsync(octets);
            client.Socket.Shutdown(SocketShutdown.Send);
            Assert.True(await client.IsClosedAsync(CloseWithin), Convert.ToHexString(octets));
        }));
    }

    [Fact]
    public async Task Filters_and_attribute_lists_of_the_largest_size()
    {
        // Below the limits of the codec, so that each is read whole, resolved and evaluated.
        var wide = LdapPdu.Or([.. Enumerable.Range(0, 500).Select(static number => LdapPdu.Equal("mail", $"anna{number % 90}@corp.example"))]);
        var search = LdapPdu.Search(2, wide, attributes: Enumerable.Range(0, 500).Select(static number => new string('x', 80) + number));
        await Attack.RunAsync(lab, $"10 clients with searches of {search.Length / 1024} KiB", () => AllAsync(10, atOnce: 10, async _ =>
        {
            await using var client = await lab.BindAsync();
            for (var i = 0; i < 20; i++)
                Assert.Equal((90, 0), await client.SearchAsync(search));
        }));
    }

    [Fact]
    public async Task Clients_that_ask_ten_thousand_times_and_read_nothing()
    {
        var searches = Enumerable.Range(2, 10_000).SelectMany(static id => LdapPdu.Search(id, LdapPdu.Equal("mail", $"anna{id % 1000}@corp.example"), attributes: ["*", "+"])).ToArray();
        await Attack.RunAsync(lab, "20 clients that ask 10000 times and read nothing", () => AllAsync(20, atOnce: 20, async _ =>
        {
            await using var client = await lab.BindAsync(receiveBuffer: 4096);
            using var patience = new CancellationTokenSource(2 * CloseWithin);
            // Held back by TCP, and closed when it has taken nothing for so long.
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                while (true)
                    await client.SendAsync(searches, patience.Token);
            });
        }));
    }

    [Fact]
    public async Task Clients_that_send_an_octet_at_a_time()
    {
        var search = LdapPdu.Search(2, Anna, attributes: "mail");
        await Attack.RunAsync(lab, "500 clients that send an octet each 100 ms", () => AllAsync(500, atOnce: 500, async _ =>
        {
            await using var client = await lab.BindAsync();
            using var closed = new CancellationTokenSource();
            var trickle = TrickleAsync(client, search, closed.Token);
            Assert.True(await client.IsClosedAsync(CloseWithin));
            await closed.CancelAsync();
            await trickle;
        }));
    }

    [Fact]
    public async Task Thousands_of_connections_that_do_nothing()
    {
        var idle = new RawLdapClient[4000];
        try
        {
            await Attack.RunAsync(lab, $"{idle.Length} connections that do nothing", async () =>
            {
                await AllAsync(idle.Length, atOnce: 50, async number => idle[number] = await lab.ConnectAsync());
                // And each of them may still speak.
                Assert.Equal(0, await idle[0].BindAsync(HostileLab.Account, HostileLab.Password));
                Assert.Equal((1, 0), await idle[0].SearchAsync(LdapPdu.Search(2, Anna, attributes: "mail")));
            });
        }
        finally
        {
            foreach (var client in idle)
            {
                if (client is not null)
                    await client.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task TLS_handshakes_that_stop_half_way()
    {
        await Attack.RunAsync(lab, "500 TLS handshakes that stop half way", () => AllAsync(500, atOnce: 500, async _ =>
        {
            await using var client = await RawLdapClient.ConnectAsync(lab.Proxy.LdapTlsPort, from: "127.0.0.9");
            await client.SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03 });
            Assert.True(await client.IsClosedAsync(CloseWithin));
        }));
    }

    [Fact]
    public async Task Endless_bind_attempts()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var attempts = 0;
        await Attack.RunAsync(lab, "100 clients that try passwords", () => AllAsync(100, atOnce: 100, async number =>
        {
            await using var client = await lab.ConnectAsync();
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                Assert.Contains(await client.BindAsync(number % 2 == 0 ? HostileLab.HashedAccount : $"cn=nobody{i},o=lookupproxy", $"wrong{i}"), new[] { 49, 51 });
                Interlocked.Increment(ref attempts);
            }
        }));

        // A client gets one answer a second on a connection.
        Assert.InRange(attempts, 100, 100 * 5);
    }

    private static async Task TrickleAsync(RawLdapClient client, byte[] octets, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var octet in octets)
            {
                await client.SendAsync(new[] { octet }, cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Closed, as it should be.
        }
    }

    private static Task AllAsync(int count, int atOnce, Func<int, Task> actAsync) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = atOnce },
        async (number, _) => await actAsync(number));
}
