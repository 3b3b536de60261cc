using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using LookupProxy.Endpoints.Connections.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LookupProxy.Endpoints.Tests.Connections;

public sealed class SocketPipeReaderTests : IAsyncLifetime
{
    private SocketPair _pair = null!;
    private SocketPipeReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _pair = await SocketPair.CreateAsync();
        _reader = new SocketPipeReader(_pair.Server);
    }

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Bytes_come_and_then_the_end()
    {
        await SendAsync("one");
        Assert.Equal("one", await TakeAsync(3));
        await SendAsync("two");
        Assert.Equal("two", await TakeAsync(3));
        _pair.Client.Shutdown(SocketShutdown.Send);

        var read = await ReadAsync();

        Assert.True(read.IsCompleted);
        Assert.True(read.Buffer.IsEmpty);
    }

    [Fact]
    public async Task What_is_not_consumed_is_there_again_with_what_follows()
    {
        await SendAsync("abc");
        var first = await ReadAsync();
        _reader.AdvanceTo(first.Buffer.GetPosition(1), first.Buffer.End);
        var second = ReadAsync();
        Assert.False(second.IsCompleted);

        await SendAsync("d");

        Assert.Equal("bcd", Text(await second));
    }

    [Fact]
    public async Task What_is_not_examined_is_there_at_once()
    {
        await SendAsync("abc");
        var first = await ReadAsync();
        _reader.AdvanceTo(first.Buffer.Start, first.Buffer.GetPosition(1));

        Assert.True(_reader.TryRead(out var again));
        Assert.Equal("abc", Text(again));
        _reader.AdvanceTo(again.Buffer.End);
        Assert.False(_reader.TryRead(out _));
    }

    [Fact]
    public async Task A_request_larger_than_the_buffer_makes_it_grow()
    {
        var text = new string('x', 50_000) + "end";
        var sending = SendAsync(text);
        ReadResult read;
        while ((read = await ReadAsync()).Buffer.Length < text.Length)
            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        await sending;

        Assert.Equal(text, Text(read));
    }

    [Fact]
    public async Task Leftovers_move_to_the_front_when_there_is_no_room_behind_them()
    {
        var all = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"{i},"));
        var sending = SendAsync(all);
        var got = new StringBuilder();
        while (got.Length < all.Length)
        {
            var read = await ReadAsync();
            var take = read.Buffer.Slice(0, Math.Max(1, read.Buffer.Length - 7));
            got.Append(Encoding.ASCII.GetString(take));
            _reader.AdvanceTo(take.End, got.Length + 7 >= all.Length ? take.End : read.Buffer.End);
        }

        await sending;
        Assert.Equal(all, got.ToString());
    }

    [Fact]
    public async Task A_pending_read_can_be_cancelled_and_nothing_is_lost()
    {
        for (var i = 0; i < 100; i++)
        {
            var pending = ReadAsync();
            _reader.CancelPendingRead();
            var cancelled = await pending;
            Assert.True(cancelled.IsCanceled);
            _reader.AdvanceTo(cancelled.Buffer.End);

            await SendAsync($"{i:00}");

            Assert.Equal($"{i:00}", await TakeAsync(2));
        }
    }

    [Fact]
    public async Task A_read_cancelled_beforehand_returns_at_once_with_what_is_there()
    {
        await SendAsync("abc");
        var first = await ReadAsync();
        _reader.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        _reader.CancelPendingRead();

        var cancelled = await ReadAsync();

        Assert.True(cancelled.IsCanceled);
        Assert.Equal("abc", Text(cancelled));
        _reader.AdvanceTo(cancelled.Buffer.Start, cancelled.Buffer.End);
        Assert.False(ReadAsync().IsCompleted);
    }

    [Fact]
    public async Task A_token_cancels_one_read_and_nothing_is_lost()
    {
        using var source = new CancellationTokenSource();
        var pending = _reader.ReadAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => pending);

        await SendAsync("abc");

        Assert.Equal("abc", await TakeAsync(3));
    }

    [Fact]
    public async Task Bytes_that_raced_with_a_cancellation_come_exactly_once()
    {
        const int Count = 2000;
        var got = new StringBuilder();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
                await SendAsync($"{i:0000}");
        });
        var cancelling = Task.Run(async () =>
        {
            while (!sending.IsCompleted)
            {
                _reader.CancelPendingRead();
                await Task.Yield();
            }
        });
        while (got.Length < 4 * Count)
        {
            var read = await ReadAsync();
            got.Append(Text(read));
            _reader.AdvanceTo(read.Buffer.End);
        }

        await sending;
        await cancelling;
        Assert.Equal(string.Concat(Enumerable.Range(0, Count).Select(static i => $"{i:0000}")), got.ToString());
    }

    [Fact]
    public async Task A_reset_is_told()
    {
        var pending = ReadAsync();
        _pair.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        _pair.Client.Close();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pending);
        await Assert.ThrowsAsync<ConnectionResetException>(ReadAsync);
    }

    [Fact]
    public async Task A_socket_that_is_closed_here_ends_a_pending_read()
    {
        var pending = ReadAsync();
        _pair.Server.Dispose();

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => pending);
        await Assert.ThrowsAsync<ConnectionAbortedException>(ReadAsync);
    }

    private async Task<ReadResult> ReadAsync() => await _reader.ReadAsync();

    private async Task SendAsync(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var at = 0; at < bytes.Length;)
            at += await _pair.Client.SendAsync(bytes.AsMemory(at));
    }

    private async Task<string> TakeAsync(int count)
    {
        ReadResult read;
        while ((read = await ReadAsync()).Buffer.Length < count)
            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        var text = Text(read);
        _reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    private static string Text(in ReadResult read) => Encoding.ASCII.GetString(read.Buffer);
}
