using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Buffers;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Codec;

/// <summary>What real clients and servers sent; see Captures/README.md.</summary>
public class CaptureTests
{
    public static TheoryData<string> Names { get; } = new(Captures.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Captures_decode_to_what_stands_beside_them(string name)
    {
        var messages = Wire.ReadAll(Captures.Read(name));
        Assert.Equal(Captures.Expected(name, messages), string.Join('\n', messages.Select(Wire.Dump)) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_decoder_reads_the_same(string name)
    {
        foreach (var pdu in Captures.Pdus(name))
            Assert.Equal(Wire.Dump(AsnOracle.Read(pdu)), Wire.Dump(Wire.Read(pdu)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Captures_are_written_with_the_same_bytes(string name)
    {
        foreach (var pdu in Captures.Pdus(name))
        {
            var message = Wire.Read(pdu);
            if (message.Operation is not (WriteRequest or UnknownOperation))
                Assert.Equal(Convert.ToHexStringLower(pdu), Convert.ToHexStringLower(Wire.Write(message)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Captures_in_pieces_decode_the_same(string name)
    {
        var bytes = Captures.Read(name);
        var whole = Wire.ReadAll(bytes).Select(Wire.Dump);
        var buffer = SegmentedBuffer.Of(bytes);
        var messages = new List<string>();
        while (Wire.Reader.TryRead(ref buffer, out var message, out _) == ReadStatus.Done)
            messages.Add(Wire.Dump(message!));
        Assert.True(buffer.IsEmpty);
        Assert.Equal(whole, messages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_prefix_of_a_capture_needs_more(string name)
    {
        foreach (var pdu in Captures.Pdus(name))
        {
            for (var length = 0; length < pdu.Length; length++)
            {
                var buffer = new ReadOnlySequence<byte>(pdu, 0, length);
                if (Wire.Reader.TryRead(ref buffer, out _, out _) != ReadStatus.NeedMore || buffer.Length != length)
                    Assert.Fail($"{length} octets of {Convert.ToHexStringLower(pdu)}");
            }
        }
    }

    [Fact]
    public void There_are_captures() => Assert.True(Captures.Names.Count >= 80);
}
