using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Buffers;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Codec;

public class RoundTripTests
{
    [Fact]
    public void Any_message_comes_back_as_it_went() => Check.One(Generate.Config, Prop.ForAll(Generate.Message.ToArbitrary(), message =>
        Assert.Equal(Wire.Dump(message), Wire.Dump(Wire.Read(Wire.Write(message))))));

    [Fact]
    public void Another_decoder_reads_what_we_write() => Check.One(Generate.Config, Prop.ForAll(Generate.Message.ToArbitrary(), message =>
        Assert.Equal(Wire.Dump(message), Wire.Dump(AsnOracle.Read(Wire.Write(message))))));

    [Fact]
    public void Any_cut_makes_no_difference() => Check.One(Generate.Config, Prop.ForAll(
        Generate.Message.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), (message, segmentSize) =>
        {
            var bytes = Wire.Write(message);
            var buffer = SegmentedBuffer.Of(bytes, segmentSize);
            Assert.Equal(ReadStatus.Done, Wire.Reader.TryRead(ref buffer, out var read, out _));
            Assert.Equal(Wire.Dump(message), Wire.Dump(read!));
            var cut = new ReadOnlySequence<byte>(bytes, 0, bytes.Length * segmentSize / 101);
            Assert.Equal(ReadStatus.NeedMore, Wire.Reader.TryRead(ref cut, out _, out _));
        }));
}
