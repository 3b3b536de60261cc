using LookupProxy.Host.Composition;
using LookupProxy.TestKit.Time;
using Microsoft.AspNetCore.Connections;

namespace LookupProxy.Host.Tests.Composition;

public sealed class ConnectionRoomTests
{
    [Theory]
    [InlineData(65536, 4, 16128)]
    [InlineData(65536, 1, 64512)]
    [InlineData(1024, 2, 256)]
    [InlineData(null, 2, int.MaxValue)]
    public void Listeners_share_what_the_process_does_not_need_itself(int? descriptors, int listeners, int each) => Assert.Equal(each, ConnectionRoom.Of(listeners, descriptors));

    [Fact]
    public async Task A_connection_too_many_is_closed_and_told_of_and_the_next_has_room_when_one_has_ended()
    {
        var (log, open) = (new LogLines(), new List<TaskCompletionSource>());
        var listener = new ConnectionRoom("policy", 2, new ManualTimeProvider(), log).Before(_ =>
        {
            open.Add(new TaskCompletionSource());
            return open[^1].Task;
        });
        var first = listener(new DefaultConnectionContext());
        _ = listener(new DefaultConnectionContext());

        await listener(new DefaultConnectionContext());
        await listener(new DefaultConnectionContext());
        Assert.Equal(2, open.Count);
        Assert.Contains("policy has its 2 connections", Assert.Single(log.Lines), StringComparison.Ordinal);

        open[0].SetResult();
        await first;
        _ = listener(new DefaultConnectionContext());
        Assert.Equal(3, open.Count);
    }
}
