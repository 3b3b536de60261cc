using System.Buffers;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class KnownSearchesTests
{
    private readonly KnownSearches _known = new();
    private readonly KnownSearch _anna = Known("(mail=anna@corp.example)");

    public KnownSearchesTests() => _known.Add(new ReadOnlySequence<byte>(Message(1, _anna.Request)), _anna);

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(32_768)]
    [InlineData(int.MaxValue)]
    public void The_same_search_is_known_under_any_message_id_and_taken_off_the_buffer(int messageId)
    {
        var message = Message(messageId, _anna.Request);
        var buffer = new ReadOnlySequence<byte>([.. message, 0x30, 0x05]);

        Assert.True(_known.TryTake(ref buffer, out var id, out var search));

        Assert.Equal(messageId, id);
        Assert.Same(_anna, search);
        Assert.Equal([0x30, 0x05], buffer.ToArray());
    }

    [Fact]
    public void A_part_of_it_and_any_other_are_not()
    {
        var message = Message(7, _anna.Request);
        for (var length = 0; length < message.Length; length++)
            AssertLeft(message[..length]);
        AssertLeft(Message(7, Known("(mail=zoe@corp.example)").Request));
        AssertLeft(Message(7, _anna.Request with { SizeLimit = 1 }));
        AssertLeft(Message(0, _anna.Request));
        for (var i = 0; i < message.Length; i++)
        {
            if (i is 4)
                continue;
            var changed = message.ToArray();
            changed[i] ^= 0x01;
            AssertLeft(changed);
        }
    }

    /// <summary>Whatever the reader makes of them.</summary>
    [Theory]
    [InlineData(0x02, 0x02, 0x00, 0x07)]
    [InlineData(0x02, 0x01, 0x87)]
    [InlineData(0x02, 0x81, 0x01, 0x07)]
    [InlineData(0x02, 0x05, 0x01, 0x00, 0x00, 0x00, 0x07)]
    [InlineData(0x02, 0x00)]
    [InlineData(0x0A, 0x01, 0x07)]
    public void Message_ids_in_other_spellings_are_left_to_the_reader(params int[] id)
    {
        var operation = Message(1, _anna.Request)[5..];
        AssertLeft([0x30, (byte)(id.Length + operation.Length), .. id.Select(static octet => (byte)octet), .. operation]);
    }

    [Fact]
    public void A_long_one_is_never_known()
    {
        var search = Known($"(|(mail=anna@corp.example)(cn={new string('x', 2000)}))");
        var message = Message(1, search.Request);
        _known.Add(new ReadOnlySequence<byte>(message), search);

        AssertLeft(message);
    }

    [Fact]
    public void A_large_entry_is_not_kept()
    {
        var verdict = Entries.Recipients.Valid("anna@corp.example", new Recipient { Directory = "contoso" });
        _anna.Note(verdict, new byte[4096]);
        Assert.NotNull(_anna.EntryOf(verdict));

        _anna.Note(verdict, new byte[4097]);

        Assert.Null(_anna.EntryOf(verdict));
    }

    private static KnownSearch Known(string filter) => new(LdapClient.Search(filter), Mail.Of("anna@corp.example"));

    private static byte[] Message(int messageId, SearchRequest search)
    {
        var output = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(output, new LdapMessage(messageId, search));
        return output.WrittenSpan.ToArray();
    }

    private void AssertLeft(byte[] octets)
    {
        var buffer = new ReadOnlySequence<byte>(octets);
        Assert.False(_known.TryTake(ref buffer, out _, out _));
        Assert.Equal(octets.Length, buffer.Length);
    }
}
