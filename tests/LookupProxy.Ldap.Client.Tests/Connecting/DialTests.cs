using System.Net;
using System.Net.Sockets;
using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public class DialTests
{
    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        await using var server = Clients.Server().Start();
        server.StopListening();

        var fault = (await server.Options().AskOnceAsync()).MustBeFault(LdapFaultKind.Unreachable);

        Assert.StartsWith($"connect to 127.0.0.1:{server.Port} failed: 127.0.0.1: ", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_cannot_be_resolved_is_unreachable()
    {
        var dialer = new Dialer(TimeProvider.System, (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)));
        await using var client = new LdapServerOptions { Uri = new Uri("ldap://dc1.contoso.example") }.Client(dialer: dialer);

        var fault = (await client.AskAsync()).MustBeFault(LdapFaultKind.Unreachable);

        Assert.StartsWith("connect to dc1.contoso.example:389 failed: the name could not be resolved", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolver_that_hangs_ends_with_the_connect_timeout()
    {
        var time = new ManualTimeProvider();
        var dialer = new Dialer(time, async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
            return [];
        });
        await using var client = new LdapServerOptions { Uri = new Uri("ldap://dc1.contoso.example") }.Client(time, dialer: dialer);

        var search = client.AskAsync();
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(2));

        (await search).MustBeFault(LdapFaultKind.ConnectTimeout);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        await using var server = Clients.Server().Start();
        await using var client = Named(server).Client(dialer: Resolving("127.0.0.2", "::1", "127.0.0.1"));

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task An_address_that_was_reached_and_of_no_use_does_not_come_first_again()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().WithAccount("cn=svc", "secret").Start();
        using var useless = new TcpListener(IPAddress.Parse("127.0.0.2"), server.Port);
        useless.Start();
        var options = Named(server) with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" } };
        await using var client = options.Client(time, dialer: Resolving(time, "127.0.0.2", "127.0.0.1"));

        var search = client.AskAsync();
        (await useless.AcceptSocketAsync(TestContext.Current.CancellationToken)).Dispose();
        (await search).MustBeFault(LdapFaultKind.ConnectionLost);
        time.Advance(TimeSpan.FromSeconds(1));

        (await client.AskAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).MustBeAnna();
    }

    [Fact]
    public async Task All_addresses_that_refuse_are_named()
    {
        await using var server = Clients.Server().Start();
        server.StopListening();
        await using var client = Named(server).Client(dialer: Resolving("127.0.0.2", "127.0.0.3"));

        var fault = (await client.AskAsync()).MustBeFault(LdapFaultKind.Unreachable);

        Assert.Contains("127.0.0.2: ", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("127.0.0.3: ", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_address_is_tried_beside_one_that_is_silent()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().Start();
        using var silent = new SilentListener("127.0.0.2", server.Port);
        await using var client = Named(server).Client(time, dialer: Resolving(time, "127.0.0.2", "127.0.0.1"));

        var search = client.AskAsync();
        // The connect timeout and the pause before the second address.
        await time.WaitForTimersAsync(2);
        Assert.Equal(0, server.Ledger.Connections);
        time.Advance(TimeSpan.FromMilliseconds(250));

        (await search).MustBeAnna();
    }

    [Fact]
    public async Task Of_many_addresses_all_are_tried_within_a_second()
    {
        const int Silent = 19;
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().Start();
        var addresses = Enumerable.Range(2, Silent).Select(number => $"127.0.0.{number}").ToList();
        var listeners = addresses.ConvertAll(address => new SilentListener(address, server.Port));
        await using var client = (Named(server) with { ConnectTimeout = TimeSpan.FromSeconds(2) }).Client(time, dialer: Resolving(time, [.. addresses, "127.0.0.1"]));

        var search = client.AskAsync();
        for (var pause = 0; pause < Silent; pause++)
        {
            await time.WaitForTimersAsync(2);
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        (await search.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).MustBeAnna();
        listeners.ForEach(listener => listener.Dispose());
    }

    [Fact]
    public async Task A_silent_address_ends_with_the_connect_timeout_that_names_the_step()
    {
        var time = new ManualTimeProvider();
        await using var server = Clients.Server().Start();
        using var silent = new SilentListener("127.0.0.2", server.Port);
        await using var client = Named(server).Client(time, dialer: Resolving(time, "127.0.0.2"));

        var search = client.AskAsync();
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(20));

        var fault = (await search).MustBeFault(LdapFaultKind.ConnectTimeout);
        Assert.Equal($"connect to dc1.contoso.example:{server.Port} failed: not done within 20 s", fault.Detail);
    }

    [Theory]
    [InlineData(true, "TLS handshake with")]
    [InlineData(false, "bind at")]
    public async Task A_server_that_accepts_and_says_nothing_ends_with_the_connect_timeout(bool tls, string step)
    {
        var time = new ManualTimeProvider();
        var reached = new TaskCompletionSource();
        await using var server = Clients.Server()
            .OnBind(exchange =>
            {
                reached.SetResult();
                return LdapScripts.Hang(exchange);
            })
            .Start();
        if (tls)
        {
            server.OnConnect(async connection =>
            {
                await connection.WaitForBytesAsync();
                reached.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, connection.Closed);
            });
        }

        var options = server.Options() with
        {
            Uri = new Uri($"{(tls ? "ldaps" : "ldap")}://127.0.0.1:{server.Port}"),
            Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" },
        };
        await using var client = options.Client(time);

        var search = client.AskAsync();
        await reached.Task;
        time.Advance(TimeSpan.FromSeconds(20));

        var fault = (await search).MustBeFault(LdapFaultKind.ConnectTimeout);
        Assert.StartsWith(step, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IPv6_works()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6 on this machine");
        await using var server = new ScriptedLdapServer("::1").WithEntry("uid=anna,dc=contoso", ("mail", Clients.Anna)).Start();

        (await server.Options().AskOnceAsync()).MustBeAnna();
    }

    private static LdapServerOptions Named(ScriptedLdapServer server) => server.Options() with { Uri = new Uri($"ldap://dc1.contoso.example:{server.Port}") };

    private static Dialer Resolving(params string[] addresses) => Resolving(TimeProvider.System, addresses);

    private static Dialer Resolving(TimeProvider time, params string[] addresses) =>
        new(time, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
}
