using System.Text;
using LookupProxy.Endpoints.Connections.Sockets;

namespace LookupProxy.Endpoints.Tests.Connections;

public sealed class SocketPipeWriterTests : IAsyncLifetime
{
    private SocketPair _pair = null!;
    private SocketPipeWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _pair = await SocketPair.CreateAsync();
        _writer = new SocketPipeWriter(_pair.Server);
    }

    public ValueTask DisposeAsync()
    {
        _pair.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_goes_out_before_the_flush()
    {
        Write("one ");
        Write("two");
        Assert.Equal(7, _writer.UnflushedBytes);
        Assert.Equal(0, _pair.Client.Available);

        await _writer.FlushAsync();

        Assert.Equal(0, _writer.UnflushedBytes);
        Assert.Equal("one two", await ReceiveAsync(7));
    }

    [Fact]
    public async Task More_than_a_buffer_and_than_the_socket_holds_arrives_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 600_000).Select(static i => (char)('a' + (i % 26))));
        foreach (var part in text.Chunk(1000))
            Write(new string(part));
        for (var i = 0; i < 4; i++)
            Write(text);

        var flush = _writer.FlushAsync().AsTask();
        var received = await ReceiveAsync(5 * text.Length);

        Assert.False((await flush).IsCompleted);
        Assert.Equal(string.Concat(Enumerable.Repeat(text, 5)), received);
    }

    [Fact]
    public async Task A_client_that_is_gone_completes_the_flush()
    {
        _pair.Server.Dispose();
        Write("one");

        Assert.True((await _writer.FlushAsync()).IsCompleted);
        Write("two");
        Assert.True((await _writer.FlushAsync()).IsCompleted);
        Assert.Equal(0, _writer.UnflushedBytes);
    }

    private void Write(string text)
    {
        Encoding.ASCII.GetBytes(text, _writer.GetSpan(text.Length));
        _writer.Advance(text.Length);
    }

    private async Task<string> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
            at += await _pair.Client.ReceiveAsync(bytes.AsMemory(at));
        return Encoding.ASCII.GetString(bytes);
    }
}
