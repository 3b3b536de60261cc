using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using LookupProxy.Endpoints.Tests.Connections;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>A client of the endpoint, over a connection in memory or any two pipes.</summary>
internal sealed class LdapClient(PipeReader input, Action<ReadOnlyMemory<byte>> send)
{
    private static readonly LdapMessageReader Reader = new(new LdapCodecLimits());
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private int _lastId;

    public LdapClient(TestConnection connection)
        : this(connection.Receiver, bytes => connection.Send(bytes.Span)) => Connection = connection;

    public TestConnection? Connection { get; }

    /// <returns>The message id.</returns>
    public int Send(LdapOperation operation, params LdapControl[] controls)
    {
        var id = ++_lastId;
        send(Encode(new LdapMessage(id, operation) { Controls = [.. controls] }));
        return id;
    }

    public void SendBytes(ReadOnlyMemory<byte> bytes) => send(bytes);

    public static byte[] Encode(params LdapMessage[] messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
            LdapMessageWriter.Write(buffer, message);
        return buffer.WrittenSpan.ToArray();
    }

    public static SearchRequest Search(string filter, string @base = "o=lookupproxy", SearchScope scope = SearchScope.WholeSubtree, params string[] attributes) =>
        new(@base, scope, Parse(filter)) { Attributes = [.. attributes] };

    public static BindRequest SimpleBind(string name, string password, int version = 3) => new(version, name, new BindAuthentication.Simple(Encoding.UTF8.GetBytes(password)));

    public async Task<LdapMessage> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            var read = await input.ReadAsync(timeout.Token);
            var buffer = read.Buffer;
            var status = Reader.TryRead(ref buffer, out var message, out var fault);
            input.AdvanceTo(buffer.Start, status == ReadStatus.NeedMore ? buffer.End : buffer.Start);
            if (status == ReadStatus.Done)
                return message!;
            Assert.Null(fault);
            Assert.False(read.IsCompleted, "The server has closed.");
        }
    }

    /// <summary>Whatever is left when the server closes.</summary>
    public async Task<ImmutableArray<LdapMessage>> ReceiveAllAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var messages = ImmutableArray.CreateBuilder<LdapMessage>();
        while (true)
        {
            var read = await input.ReadAsync(timeout.Token);
            var buffer = read.Buffer;
            while (Reader.TryRead(ref buffer, out var message, out _) == ReadStatus.Done)
                messages.Add(message!);
            input.AdvanceTo(buffer.Start, buffer.End);
            if (!read.IsCompleted)
                continue;
            Assert.True(buffer.IsEmpty, "Half a message.");
            return messages.DrainToImmutable();
        }
    }

    public async Task<(ImmutableArray<SearchResultEntry> Entries, LdapResult Result)> SearchAsync(string filter, params string[] attributes)
    {
        var id = Send(Search(filter, attributes: attributes));
        return await ResultAsync(id);
    }

    public async Task<(ImmutableArray<SearchResultEntry> Entries, LdapResult Result)> SearchAsync(SearchRequest search, params LdapControl[] controls)
    {
        var id = Send(search, controls);
        return await ResultAsync(id);
    }

    public async Task<(ImmutableArray<SearchResultEntry> Entries, LdapResult Result)> ResultAsync(int id)
    {
        var entries = ImmutableArray.CreateBuilder<SearchResultEntry>();
        while (true)
        {
            var message = await ReceiveAsync();
            Assert.Equal(id, message.MessageId);
            if (message.Operation is SearchResultDone done)
                return (entries.DrainToImmutable(), done.Result);
            entries.Add(Assert.IsType<SearchResultEntry>(message.Operation));
        }
    }

    public async Task<LdapResult> BindAsync(string name, string password)
    {
        Send(SimpleBind(name, password));
        return Assert.IsType<BindResponse>((await ReceiveAsync()).Operation).Result;
    }

    private static LdapFilter Parse(string text)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var fault), fault);
        return filter;
    }
}
