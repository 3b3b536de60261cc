using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Tests.Connections;

public class SendQueueTests
{
    private static readonly LdapMessage Message = new(7, new AbandonRequest(1));

    private readonly List<Exception> _failures = [];

    [Fact]
    public async Task What_is_enqueued_during_a_write_goes_out_together_with_the_next()
    {
        using var stream = new StalledStream();
        var queue = new SendQueue(stream, _failures.Add);
        for (var i = 0; i < 4; i++)
            Assert.True(queue.TryEnqueue(Message));
        Assert.Single(stream.Writes);

        stream.Release();
        await queue.CloseAsync();

        Assert.Equal(2, stream.Writes.Count);
        Assert.Equal(3 * stream.Writes[0], stream.Writes[1]);
        Assert.Empty(_failures);
    }

    [Fact]
    public void Without_a_write_under_way_a_message_goes_out_at_once()
    {
        using var stream = new StalledStream();
        stream.Release();
        var queue = new SendQueue(stream, _failures.Add);

        for (var i = 0; i < 4; i++)
            Assert.True(queue.TryEnqueue(Message));

        Assert.Equal(4, stream.Writes.Count);
    }

    [Fact]
    public void A_server_that_does_not_read_is_not_waited_for_and_costs_bounded_memory()
    {
        using var stream = new StalledStream();
        var queue = new SendQueue(stream, _failures.Add);
        var search = new LdapMessage(1, Clients.Ask(new string('x', 1000)));

        var accepted = 0;
        while (queue.TryEnqueue(search))
            accepted++;

        Assert.InRange(accepted, SendQueue.MaxUnsentBytes / 1100, SendQueue.MaxUnsentBytes / 1000 + 2);
    }

    [Fact]
    public async Task A_failure_is_told_once_and_closes_the_queue()
    {
        using var stream = new StalledStream();
        var queue = new SendQueue(stream, _failures.Add);
        queue.TryEnqueue(Message);
        queue.TryEnqueue(Message);

        stream.Fail(new IOException("gone"));
        await queue.CloseAsync();

        Assert.Equal("gone", Assert.Single(_failures).Message);
        Assert.False(queue.TryEnqueue(Message));
        Assert.Single(stream.Writes);
    }

    [Fact]
    public void A_failure_on_the_callers_own_write_is_told_too()
    {
        using var stream = new StalledStream();
        stream.Fail(new IOException("gone"));
        var queue = new SendQueue(stream, _failures.Add);

        queue.TryEnqueue(Message);

        Assert.Single(_failures);
    }

    [Fact]
    public async Task A_closed_queue_ends_when_all_is_written()
    {
        using var stream = new StalledStream();
        var queue = new SendQueue(stream, _failures.Add);
        queue.TryEnqueue(Message);

        var closed = queue.CloseAsync();

        Assert.False(closed.IsCompleted);
        Assert.False(queue.TryEnqueue(Message));
        stream.Release();
        await closed;
    }
}
