using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Buffers;

namespace LookupProxy.Ldap.Tests.Codec;

public class LdapMessageReaderTests
{
    private static readonly byte[] s_done = Wire.Hex("30 0C 02 01 02 65 07 0A 01 00 04 00 04 00");

    [Theory]
    [MemberData(nameof(Samples.Indexes), MemberType = typeof(Samples))]
    public void Every_message_comes_back_as_it_went(int index)
    {
        var message = Samples.All[index];
        var bytes = Wire.Write(message);
        foreach (var way in SegmentedBuffer.EachWay(bytes))
        {
            var buffer = way;
            Assert.Equal(ReadStatus.Done, Wire.Reader.TryRead(ref buffer, out var read, out var fault));
            Assert.Null(fault);
            Assert.True(buffer.IsEmpty);
            Assert.Equal(Wire.Dump(message), Wire.Dump(read!));
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Indexes), MemberType = typeof(Samples))]
    public void Every_prefix_needs_more_and_consumes_nothing(int index)
    {
        var bytes = Wire.Write(Samples.All[index]);
        for (var length = 0; length < bytes.Length; length++)
        {
            foreach (var segmentSize in (int[])[1, 3, bytes.Length])
            {
                var buffer = SegmentedBuffer.Of(bytes.AsMemory(0, length), segmentSize);
                Assert.Equal(ReadStatus.NeedMore, Wire.Reader.TryRead(ref buffer, out var message, out var fault));
                Assert.Null(message);
                Assert.Null(fault);
                Assert.Equal(length, buffer.Length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Indexes), MemberType = typeof(Samples))]
    public void What_follows_a_message_is_left_alone(int index)
    {
        var bytes = Wire.Write(Samples.All[index]);
        byte[] followed = [.. bytes, 0xFF, 0x00, 0x30];
        foreach (var segmentSize in (int[])[1, 5, followed.Length])
        {
            var buffer = SegmentedBuffer.Of(followed, segmentSize);
            Assert.Equal(ReadStatus.Done, Wire.Reader.TryRead(ref buffer, out var message, out _));
            Assert.Equal(Wire.Dump(Samples.All[index]), Wire.Dump(message!));
            Assert.Equal([0xFF, 0x00, 0x30], buffer.ToArray());
        }
    }

    [Fact]
    public void Messages_in_a_row_are_read_one_by_one()
    {
        var bytes = Samples.All.SelectMany(Wire.Write).ToArray();
        Assert.Equal(Samples.All.Select(Wire.Dump), Wire.ReadAll(bytes).Select(Wire.Dump));
    }

    [Fact]
    public void A_message_outlives_the_buffer_it_came_from()
    {
        var entry = new LdapMessage(1, new SearchResultEntry("cn=a", [new LdapAttribute("mail", [Samples.Octets("a@example")])]));
        foreach (var segmentSize in (int[])[4, 1000])
        {
            var bytes = Wire.Write(entry);
            var buffer = SegmentedBuffer.Of(bytes, segmentSize);
            Assert.Equal(ReadStatus.Done, Wire.Reader.TryRead(ref buffer, out var message, out _));
            bytes.AsSpan().Fill(0xEE);
            Assert.Equal(Wire.Dump(entry), Wire.Dump(message!));
        }
    }

    [Theory]
    [InlineData("30 84 00 00 00 0C 02 01 02 65 07 0A 01 00 04 00 04 00")]
    [InlineData("30 84 00 00 00 10 02 01 02 65 84 00 00 00 07 0A 01 00 04 00 04 00")]
    [InlineData("30 88 00 00 00 00 00 00 00 0C 02 01 02 65 07 0A 01 00 04 00 04 00")]
    [InlineData("30 0F 02 04 00 00 00 02 65 07 0A 01 00 04 00 04 00")]
    [InlineData("30 0F 02 01 02 65 0A 0A 04 00 00 00 00 04 00 04 00")]
    public void Superfluous_octets_in_lengths_and_integers_are_taken(string hex) =>
        Assert.Equal("2 SearchResultDone 0 matched=\"\" text=\"\"", Wire.Dump(Wire.Read(Wire.Hex(hex))));

    [Theory]
    [InlineData("30 0E 02 01 02 65 07 0A 01 00 04 00 04 00 05 00")]
    [InlineData("30 0E 02 01 02 65 09 0A 01 00 04 00 04 00 8F 00")]
    [InlineData("30 10 02 01 02 65 0B 0A 01 00 04 00 04 00 AC 02 05 00")]
    [InlineData("30 0E 02 01 02 65 07 0A 01 00 04 00 04 00 A1 00")]
    public void Unknown_trailing_elements_are_ignored(string hex) =>
        Assert.Equal("2 SearchResultDone 0 matched=\"\" text=\"\"", Wire.Dump(Wire.Read(Wire.Hex(hex))));

    [Fact]
    public void Messages_larger_than_the_limit_are_a_fault_as_soon_as_the_header_is_there()
    {
        var limits = new LdapCodecLimits { MaxMessageBytes = s_done.Length };
        var buffer = new ReadOnlySequence<byte>(s_done);
        Assert.Equal(ReadStatus.Done, new LdapMessageReader(limits).TryRead(ref buffer, out _, out _));
        Assert.Equal("a message of 12 octets exceeds the limit of 13", Wire.ReadFault(s_done[..2], new LdapCodecLimits { MaxMessageBytes = s_done.Length - 1 }));
    }

    [Theory]
    [InlineData("30 84 7F FF FF FF")]
    [InlineData("30 84 80 00 00 00")]
    [InlineData("30 84 FF FF FF FF")]
    [InlineData("30 84 01 00 00 01")]
    [InlineData("30 88 00 00 00 01 00 00 00 00")]
    [InlineData("30 FE 01 01 01 01 01")]
    public void Two_gigabytes_are_a_fault_before_they_come(string header)
    {
        var fault = Wire.ReadFault(Wire.Hex(header));
        Assert.True(fault.Contains("exceeds", StringComparison.Ordinal), fault);
    }

    [Fact]
    public void Waiting_for_a_message_costs_no_memory()
    {
        byte[] bytes = [0x30, 0x84, 0x00, 0x10, 0x00, 0x00, .. new byte[1000]];
        var whole = new ReadOnlySequence<byte>(bytes);
        var pieces = SegmentedBuffer.Of(bytes);
        Wire.Reader.TryRead(ref whole, out _, out _);
        Wire.Reader.TryRead(ref pieces, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Wire.Reader.TryRead(ref whole, out _, out _);
            Wire.Reader.TryRead(ref pieces, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Otherwise a large message in small pieces would cost the square of its length.</summary>
    [Fact]
    public void Waiting_for_a_message_looks_at_its_header_only()
    {
        byte[] bytes = [0x30, 0x84, 0x00, 0x01, 0x00, 0x00, .. new byte[10_000]];
        var buffer = ObservedSegment.OneByteEach(bytes, out var looks);
        Assert.Equal(ReadStatus.NeedMore, Wire.Reader.TryRead(ref buffer, out _, out _));
        Assert.InRange(looks(), 1, 300);
    }
}
