using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;

namespace LookupProxy.Ldap.Tests.Codec;

public class OperationTests
{
    [Fact]
    public void A_simple_bind_has_the_bytes_of_the_rfc() => Assert.Equal(
        Wire.Hex("30 18 02 01 01 60 13 02 01 03 04 04 63 6E 3D 61 80 08 67 65 68 65 69 6D 21 21"),
        Wire.Write(new BindRequest(3, "cn=a", new BindAuthentication.Simple(Samples.Octets("geheim!!")))));

    [Fact]
    public void A_search_has_the_bytes_of_the_rfc() => Assert.Equal(
        Wire.Hex("30 25 02 01 01 63 20 04 00 0A 01 02 0A 01 00 02 01 00 02 01 00 01 01 00 A3 07 04 02 63 6E 04 01 61 30 04 04 02 63 6E"),
        Wire.Write(new SearchRequest("", SearchScope.WholeSubtree, new LdapFilter.Equality("cn", Samples.Octets("a"))) { Attributes = ["cn"] }));

    [Fact]
    public void An_unbind_and_an_abandon_have_the_bytes_of_the_rfc()
    {
        Assert.Equal(Wire.Hex("30 05 02 01 01 42 00"), Wire.Write(new UnbindRequest()));
        Assert.Equal(Wire.Hex("30 07 02 01 01 50 02 01 2C"), Wire.Write(new AbandonRequest(300)));
    }

    /// <summary>The size limit that snom phones send: two octets where one would do.</summary>
    [Theory]
    [InlineData("02 02 00 32", 50)]
    [InlineData("02 05 00 00 00 00 32", 50)]
    [InlineData("02 00", 0)]
    [InlineData("02 01 FF", 0)]
    [InlineData("02 04 FF FF FF FF", 0)]
    [InlineData("02 05 00 FF FF FF FF", int.MaxValue)]
    [InlineData("02 04 7F FF FF FF", int.MaxValue)]
    [InlineData("02 08 7F FF FF FF FF FF FF FF", int.MaxValue)]
    [InlineData("02 08 80 00 00 00 00 00 00 00", 0)]
    public void Badly_encoded_limits_are_read_in_the_clients_favour(string sizeLimit, int expected)
    {
        var search = Wire.Element(0x63, Wire.Hex("04 00 0A 01 02 0A 01 00"), Wire.Hex(sizeLimit), Wire.Hex("02 01 00 01 01 00 87 00 30 00"));
        Assert.Equal(expected, Wire.Read<SearchRequest>(Wire.Envelope(search)).SizeLimit);
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("80", true)]
    [InlineData("FF", true)]
    public void Any_octet_but_zero_is_true(string octet, bool expected)
    {
        var search = Wire.Element(0x63, Wire.Hex($"04 00 0A 01 02 0A 01 00 02 01 00 02 01 00 01 01 {octet} 87 00 30 00"));
        Assert.Equal(expected, Wire.Read<SearchRequest>(Wire.Envelope(search)).TypesOnly);
    }

    [Fact]
    public void Unknown_scopes_and_dereferencing_are_kept_as_numbers()
    {
        var search = Wire.Element(0x63, Wire.Hex("04 00 0A 01 03 0A 01 07 02 01 00 02 01 00 01 01 00 87 00 30 00"));
        var read = Wire.Read<SearchRequest>(Wire.Envelope(search));
        Assert.Equal((SearchScope)3, read.Scope);
        Assert.Equal((DereferenceAliases)7, read.Dereference);
    }

    [Theory]
    [InlineData("0A 01 33", ResultCode.Busy)]
    [InlineData("0A 02 10 00", (ResultCode)4096)]
    [InlineData("0A 01 FF", (ResultCode)(-1))]
    [InlineData("0A 04 7F FF FF FF", (ResultCode)int.MaxValue)]
    public void Unknown_result_codes_are_kept_as_numbers(string code, ResultCode expected)
    {
        var done = Wire.Element(0x65, Wire.Hex(code), Wire.Hex("04 00 04 00"));
        Assert.Equal(expected, Wire.Read<SearchResultDone>(Wire.Envelope(done)).Result.Code);
    }

    [Theory]
    [InlineData("66 05 04 01 61 30 00", WriteKind.Modify)]
    [InlineData("68 05 04 01 61 30 00", WriteKind.Add)]
    [InlineData("4A 01 61", WriteKind.Delete)]
    [InlineData("6C 08 04 01 61 04 00 01 01 FF", WriteKind.ModifyDn)]
    [InlineData("6E 0B 04 01 61 30 06 04 01 62 04 01 63", WriteKind.Compare)]
    public void Of_a_write_request_kind_and_target_are_read(string hex, WriteKind kind) =>
        Assert.Equal(new WriteRequest(kind, "a"), Wire.Read<WriteRequest>(Wire.Envelope(Wire.Hex(hex))));

    [Fact]
    public void A_write_request_is_never_sent() =>
        Assert.Throws<ArgumentException>(() => Wire.Write(new WriteRequest(WriteKind.Delete, "dc=example")));

    [Fact]
    public void A_negative_message_id_is_never_sent() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wire.Write(new LdapMessage(-1, new UnbindRequest())));

    [Theory]
    [InlineData("89 00", 0x89)]
    [InlineData("AB 04 04 02 61 62", 0xAB)]
    public void Other_ways_to_authenticate_are_told_by_their_tag(string choice, byte tag)
    {
        var bind = Wire.Element(0x60, Wire.Hex("02 01 03 04 00"), Wire.Hex(choice));
        Assert.Equal(new BindAuthentication.Unsupported(tag), Wire.Read<BindRequest>(Wire.Envelope(bind)).Authentication);
    }

    [Fact]
    public void Text_that_is_not_utf8_costs_only_itself()
    {
        var done = Wire.Element(0x65, Wire.Hex("0A 01 31 04 00 04 03 4D FC 6C"));
        Assert.Equal("M\uFFFDl", Wire.Read<SearchResultDone>(Wire.Envelope(done)).Result.DiagnosticMessage);
    }

    [Fact]
    public void No_values_and_empty_values_differ()
    {
        Assert.Null(Wire.Read<ExtendedRequest>(Wire.Envelope(Wire.Hex("77 03 80 01 31"))).Value);
        Assert.Equal(0, Wire.Read<ExtendedRequest>(Wire.Envelope(Wire.Hex("77 05 80 01 31 81 00"))).Value!.Value.Length);
    }

    [Fact]
    public void No_secret_is_in_a_records_text()
    {
        LdapOperation[] secrets =
        [
            new BindRequest(3, "cn=a", new BindAuthentication.Simple(Samples.Octets("geheim"))),
            new BindRequest(3, "cn=a", new BindAuthentication.Sasl("PLAIN", Samples.Octets("\0a\0geheim"))),
            new ExtendedRequest(Oids.PasswordModify, Samples.Octets("geheim")),
        ];
        foreach (var secret in secrets)
        {
            var text = new LdapMessage(1, secret).ToString();
            Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
            Assert.Equal(secret is ExtendedRequest, text.Contains("ReadOnlyMemory<Byte>[", StringComparison.Ordinal));
        }
    }
}
