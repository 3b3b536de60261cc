using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Tests.Support;

namespace LookupProxy.Ldap.Tests.Codec;

public class MalformedMessageTests
{
    [Theory]
    [InlineData("00", "tag 00 where 30")]
    [InlineData("04 02 61 62", "tag 04 where 30")]
    [InlineData("31 0C 02 01 02 65 07 0A 01 00 04 00 04 00", "tag 31 where 30")]
    [InlineData("16 03 01 02 00", "TLS handshake")]
    [InlineData("47 45 54 20 2F", "tag 47 where 30")]
    [InlineData("30 80 02 01 02 65 07 0A 01 00 04 00 04 00 00 00", "indefinite")]
    [InlineData("30 FF 01", "malformed")]
    [InlineData("30 00", "an element is missing")]
    public void What_begins_no_message_is_refused(string hex, string reason) => AssertFault(reason, Wire.Hex(hex));

    [Theory]
    [InlineData("30 03 02 01 02", "the operation is missing")]
    [InlineData("30 05 65 03 0A 01 00", "tag 65 where 02")]
    [InlineData("30 0C 04 01 02 65 07 0A 01 00 04 00 04 00", "tag 04 where 02")]
    [InlineData("30 0B 02 00 65 07 0A 01 00 04 00 04 00", "an integer of 0 octets")]
    [InlineData("30 0C 02 01 FF 65 07 0A 01 00 04 00 04 00", "message id is negative")]
    [InlineData("30 0F 02 04 80 00 00 00 65 07 0A 01 00 04 00 04 00", "message id is negative")]
    [InlineData("30 10 02 05 00 80 00 00 00 65 07 0A 01 00 04 00 04 00", "an integer of 5 octets")]
    [InlineData("30 10 02 05 01 00 00 00 00 65 07 0A 01 00 04 00 04 00", "an integer of 5 octets")]
    [InlineData("30 05 02 01 02 04 00", "tag 04 is no operation's")]
    [InlineData("30 05 02 01 02 A0 00", "tag A0 is no operation's")]
    [InlineData("30 05 02 01 02 30 00", "tag 30 is no operation's")]
    [InlineData("30 06 02 01 02 7F 81 00", "more than one octet")]
    [InlineData("30 06 02 01 02 5F 1A 00", "more than one octet")]
    public void What_holds_no_id_and_operation_is_refused(string hex, string reason) => AssertFault(reason, Wire.Hex(hex));

    [Theory]
    [InlineData("65 00", "an element is missing")]
    [InlineData("65 03 0A 01 00", "an element is missing")]
    [InlineData("65 05 0A 01 00 04 00", "an element is missing")]
    [InlineData("65 07 02 01 00 04 00 04 00", "tag 02 where 0A")]
    [InlineData("65 06 0A 00 04 00 04 00", "an integer of 0 octets")]
    [InlineData("65 0B 0A 05 01 00 00 00 00 04 00 04 00", "an integer of 5 octets")]
    [InlineData("65 07 0A 01 00 04 05 04 00", "longer than what holds it")]
    [InlineData("65 07 0A 01 00 04 81 04 00", "longer than what holds it")]
    [InlineData("65 06 0A 01 00 04 00 04", "ends within its header")]
    [InlineData("65 07 0A 01 00 24 00 04 00", "tag 24 where 04")]
    [InlineData("65 09 0A 01 00 24 80 00 00 04 00", "tag 24 where 04")]
    [InlineData("65 80 0A 01 00 04 00 04 00 00 00", "indefinite")]
    [InlineData("65 0A 0A 01 00 04 00 04 00 A3 01 00", "ends within its header")]
    [InlineData("65 08 0A 01 00 04 00 04 00 04", "ends within its header")]
    [InlineData("65 09 0A 01 00 04 00 04 00 04 80", "indefinite")]
    [InlineData("65 84 7F FF FF FF 0A 01 00", "longer than what holds it")]
    [InlineData("65 84 FF FF FF FF 0A 01 00", "exceeds 31 bits")]
    [InlineData("45 07 0A 01 00 04 00 04 00", "TAKEN AS UNKNOWN")]
    public void A_malformed_result_is_refused(string hex, string reason)
    {
        var bytes = Wire.Envelope(Wire.Hex(hex));
        if (reason == "TAKEN AS UNKNOWN")
            Assert.Equal("1 UnknownOperation 45", Wire.Dump(Wire.Read(bytes)));
        else
            AssertFault(reason, bytes);
    }

    [Theory]
    [InlineData("60 03 02 01 03", "an element is missing")]
    [InlineData("60 05 02 01 03 04 00", "an element is missing")]
    [InlineData("60 07 02 01 03 04 00 A3 00", "an element is missing")]
    [InlineData("60 07 02 01 03 04 00 80 01", "longer than what holds it")]
    [InlineData("61 03 0A 01 00", "an element is missing")]
    [InlineData("50 00", "an integer of 0 octets")]
    [InlineData("50 05 01 00 00 00 00", "an integer of 5 octets")]
    [InlineData("77 00", "an element is missing")]
    [InlineData("77 03 81 01 61", "tag 81 where 80")]
    [InlineData("78 00", "an element is missing")]
    [InlineData("78 0B 0A 01 00 04 00 04 00 AA 02 04 00", "a string is in pieces")]
    [InlineData("79 02 A1 00", "a string is in pieces")]
    [InlineData("64 00", "an element is missing")]
    [InlineData("64 02 04 00", "an element is missing")]
    [InlineData("64 06 04 00 30 02 30 00", "an element is missing")]
    [InlineData("64 08 04 00 30 04 30 02 04 00", "an element is missing")]
    [InlineData("64 0A 04 00 30 06 30 04 04 00 30 00", "tag 30 where 31")]
    [InlineData("64 0C 04 00 30 08 30 06 04 00 31 02 02 00", "tag 02 where 04")]
    [InlineData("73 02 02 00", "tag 02 where 04")]
    [InlineData("66 00", "an element is missing")]
    [InlineData("68 02 30 00", "tag 30 where 04")]
    public void Other_malformed_operations_are_refused(string hex, string reason) => AssertFault(reason, Wire.Envelope(Wire.Hex(hex)));

    [Theory]
    [InlineData("", "tag 30 begins no filter")]
    [InlineData("04 00", "tag 04 begins no filter")]
    [InlineData("A0 02 04 00", "tag 04 begins no filter")]
    [InlineData("A2 00", "a filter is missing")]
    [InlineData("A2 04 87 00 87 00", "a NOT has more than one filter")]
    [InlineData("A3 00", "an element is missing")]
    [InlineData("A3 02 04 00", "an element is missing")]
    [InlineData("83 00", "TAKEN AS UNDEFINED")]
    [InlineData("A7 00", "TAKEN AS UNDEFINED")]
    [InlineData("A4 02 04 00", "an element is missing")]
    [InlineData("A4 04 04 00 30 00", "empty or its pieces are out of order")]
    [InlineData("A4 08 04 00 30 04 81 00 80 00", "out of order")]
    [InlineData("A4 08 04 00 30 04 82 00 81 00", "out of order")]
    [InlineData("A4 08 04 00 30 04 80 00 80 00", "out of order")]
    [InlineData("A4 06 04 00 30 02 83 00", "out of order")]
    [InlineData("A9 00", "an element is missing")]
    [InlineData("A9 04 83 00 84 01", "longer than what holds it")]
    [InlineData("A9 04 83 00 84 00", "a BOOLEAN is not one octet")]
    public void A_malformed_filter_is_refused(string hex, string reason)
    {
        var bytes = Wire.Envelope(SearchWith(Wire.Hex(hex)));
        if (reason == "TAKEN AS UNDEFINED")
            Assert.Contains("Undefined(", Wire.Dump(Wire.Read(bytes)), StringComparison.Ordinal);
        else
            AssertFault(reason, bytes);
    }

    [Theory]
    [InlineData("A0 02 30 00", "an element is missing")]
    [InlineData("A0 03 30 00", "longer than what holds it")]
    [InlineData("A0 02 04 00", "tag 04 where 30")]
    [InlineData("A0 06 30 04 04 00 01 00", "a BOOLEAN is not one octet")]
    [InlineData("A0 08 30 06 04 00 01 02 FF FF", "a BOOLEAN is not one octet")]
    [InlineData("A0 08 30 06 04 00 24 02 04 00", "a string is in pieces")]
    public void Malformed_controls_are_refused(string hex, string reason) =>
        AssertFault(reason, Wire.Envelope(Wire.Hex("65 07 0A 01 00 04 00 04 00"), Wire.Hex(hex)));

    [Fact]
    public void An_empty_result_code_is_never_read_as_success() =>
        AssertFault("an integer of 0 octets", Wire.Hex("30 0B 02 01 02 65 06 0A 00 04 00 04 00"));

    [Fact]
    public void A_fault_names_no_value_that_the_peer_sent()
    {
        var bytes = Wire.Envelope(Wire.Hex("60 0F 02 01 03 04 00 80 09 67 65 68 65 69 6D 21"));
        var fault = Wire.ReadFault(bytes);
        Assert.DoesNotContain("geheim", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("67", fault, StringComparison.Ordinal);
    }

    internal static byte[] SearchWith(byte[] filter) =>
        Wire.Element(0x63, Wire.Hex("04 00 0A 01 02 0A 01 00 02 01 00 02 01 00 01 01 00"), filter, Wire.Hex("30 00"));

    private static void AssertFault(string reason, byte[] bytes)
    {
        var fault = Wire.ReadFault(bytes);
        Assert.True(fault.Contains(reason, StringComparison.Ordinal), fault);
    }
}
