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
    public async Task A_connection_too_many_is_told_of_and_the_next_has_room_when_one_has_ended()
    {
        var log = new LogLines();
        var room = new ConnectionRoom("policy", 2, new ManualTimeProvider(), log);
        Assert.True(room.TryEnter());
        Assert.True(room.TryEnter());

        Assert.False(room.TryEnter());
        Assert.False(room.TryEnter());
        Assert.Contains("policy has its 2 connections", Assert.Single(log.Lines), StringComparison.Ordinal);

        await room.LeaveAfter(static _ => Task.CompletedTask)(new DefaultConnectionContext());
        Assert.True(room.TryEnter());
        await Assert.ThrowsAsync<IOException>(() => room.LeaveAfter(static _ => throw new IOException("broken"))(new DefaultConnectionContext()));
        Assert.True(room.TryEnter());
        Assert.False(room.TryEnter());
    }
}
