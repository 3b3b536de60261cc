using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LookupProxy.Ldap.Client.Connecting;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public sealed class HostNamesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_DNS_a_name_takes_one_thread_and_none_of_the_pool()
    {
        using var released = new ManualResetEventSlim();
        using var givenUp = new CancellationTokenSource();
        var calls = new ConcurrentQueue<bool>();
        var names = new HostNames(_ =>
        {
            calls.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            released.Wait(Patience);
            return [IPAddress.Loopback];
        });

        var first = names.ResolveAsync("dc1.example", givenUp.Token);
        var second = names.ResolveAsync("DC1.example", CancellationToken.None);
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience, TestContext.Current.CancellationToken));
        released.Set();

        Assert.Equal(IPAddress.Loopback, Assert.Single(await second.WaitAsync(Patience, TestContext.Current.CancellationToken)));
        Assert.False(Assert.Single(calls));

        await names.ResolveAsync("dc1.example", CancellationToken.None).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_said_so_and_asked_for_again()
    {
        var known = false;
        var names = new HostNames(_ => known ? [IPAddress.Loopback] : throw new SocketException((int)SocketError.HostNotFound));
        await Assert.ThrowsAsync<SocketException>(() => names.ResolveAsync("dc1.example", CancellationToken.None));

        known = true;
        Assert.Single(await names.ResolveAsync("dc1.example", CancellationToken.None));
    }
}
