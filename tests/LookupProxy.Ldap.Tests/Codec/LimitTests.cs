using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;

namespace LookupProxy.Ldap.Tests.Codec;

public class LimitTests
{
    private static readonly byte[] s_emptyString = [0x04, 0x00];
    private static readonly byte[] s_success = Wire.Hex("0A 01 00 04 00 04 00");

    [Theory]
    [InlineData(31, null)]
    [InlineData(32, "nested too deeply")]
    [InlineData(10_000, "nested too deeply")]
    public void Filters_nest_only_so_deep(int depth, string? fault)
    {
        var filter = Wire.Hex("87 01 61");
        for (var i = 0; i < depth; i++)
            filter = Wire.Element(0xA2, filter);
        AssertFault(fault, MalformedMessageTests.SearchWith(filter));
    }

    [Theory]
    [InlineData(1023, null)]
    [InlineData(1024, "more than 1023 parts of a filter")]
    [InlineData(1_000_000, "more than 1023 parts of a filter")]
    public void Filters_have_only_so_many_parts(int parts, string? fault) =>
        AssertFault(fault, MalformedMessageTests.SearchWith(Wire.Element(0xA0, Repeat([0x87, 0x00], parts))));

    [Fact]
    public void Parts_are_counted_over_the_whole_filter()
    {
        var half = Wire.Element(0xA0, Repeat([0x87, 0x00], 600));
        AssertFault("parts", MalformedMessageTests.SearchWith(Wire.Element(0xA1, half, half)));
    }

    [Theory]
    [InlineData(1023, null)]
    [InlineData(1024, "more than 1023 parts of a filter")]
    public void Pieces_of_substrings_count_as_parts(int pieces, string? fault) =>
        AssertFault(fault, MalformedMessageTests.SearchWith(Wire.Element(0xA4, s_emptyString, Wire.Element(0x30, Repeat([0x81, 0x00], pieces)))));

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, "more than 4096 attributes")]
    public void An_entry_has_only_so_many_attributes(int attributes, string? fault) =>
        AssertFault(fault, Wire.Element(0x64, s_emptyString, Wire.Element(0x30, Repeat(Wire.Hex("30 04 04 00 31 00"), attributes))));

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, "more than 4096 attributes")]
    public void A_search_asks_for_only_so_many_attributes(int attributes, string? fault) =>
        AssertFault(fault, Wire.Element(0x63, Wire.Hex("04 00 0A 01 02 0A 01 00 02 01 00 02 01 00 01 01 00 87 00"), Wire.Element(0x30, Repeat(s_emptyString, attributes))));

    [Theory]
    [InlineData(1024 * 1024, null)]
    [InlineData((1024 * 1024) + 1, "more than 1048576 values")]
    public void An_attribute_has_only_so_many_values(int values, string? fault) =>
        AssertFault(fault, Wire.Element(0x64, s_emptyString, Wire.Element(0x30, Wire.Element(0x30, s_emptyString, Wire.Element(0x31, Repeat(s_emptyString, values))))));

    [Theory]
    [InlineData(1024, null)]
    [InlineData(1025, "more than 1024 URIs")]
    public void References_and_referrals_have_only_so_many_uris(int uris, string? fault)
    {
        AssertFault(fault, Wire.Element(0x73, Repeat(s_emptyString, uris)));
        AssertFault(fault, Wire.Element(0x65, s_success, Wire.Element(0xA3, Repeat(s_emptyString, uris))));
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "more than 32 controls")]
    public void A_message_has_only_so_many_controls(int controls, string? fault) =>
        AssertFault(fault, [.. Wire.Element(0x65, s_success), .. Wire.Element(0xA0, Repeat(Wire.Hex("30 02 04 00"), controls))]);

    /// <summary>Two octets on the wire make 16 in memory at most, beside the message's own copy.</summary>
    [Theory]
    [InlineData(0x04)]
    [InlineData(0x05)]
    public void Memory_is_bounded_by_what_has_come(byte elementTag)
    {
        var values = Wire.Element(0x31, Repeat([elementTag, 0x00], 500_000));
        var bytes = Wire.Envelope(Wire.Element(0x64, s_emptyString, Wire.Element(0x30, Wire.Element(0x30, s_emptyString, values))));
        var buffer = new ReadOnlySequence<byte>(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Wire.Reader.TryRead(ref buffer, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10L * bytes.Length);
    }

    [Fact]
    public void A_count_that_is_not_there_allocates_nothing()
    {
        var bytes = Wire.Envelope(Wire.Hex("64 0A 04 00 30 84 00 0F FF FF 30 84"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.Equal(ReadStatus.Fault, Wire.Reader.TryRead(ref buffer, out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private static byte[] Repeat(byte[] element, int count)
    {
        var bytes = new byte[element.Length * count];
        for (var i = 0; i < count; i++)
            element.CopyTo(bytes, i * element.Length);
        return bytes;
    }

    private static void AssertFault(string? fault, byte[] operation)
    {
        var bytes = Wire.Envelope(operation);
        var buffer = new ReadOnlySequence<byte>(bytes);
        var status = Wire.Reader.TryRead(ref buffer, out var message, out var found);
        Assert.Equal(fault is null ? ReadStatus.Done : ReadStatus.Fault, status);
        if (fault is null)
            Assert.IsAssignableFrom<LdapOperation>(message!.Operation);
        else
            Assert.Contains(fault, found, StringComparison.Ordinal);
    }
}
