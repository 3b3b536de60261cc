using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Tests.Addresses;

public sealed class AddressParserTests
{
    private static readonly string Label63 = new('d', 63);

    [Theory]
    [InlineData("anna@corp.example", "anna@corp.example")]
    [InlineData("Anna.Berg@Corp.EXAMPLE", "Anna.Berg@corp.example")]
    [InlineData("<anna@corp.example>", "anna@corp.example")]
    [InlineData("<@relay.example,@other.example:anna@corp.example>", "anna@corp.example")]
    [InlineData("@relay.example:anna@corp.example", "anna@corp.example")]
    [InlineData("anna@corp.example.", "anna@corp.example")]
    [InlineData("o'brien+news=x!#$%&*-/?^_`{|}~@corp.example", "o'brien+news=x!#$%&*-/?^_`{|}~@corp.example")]
    [InlineData("\"a b\"@corp.example", "a b@corp.example")]
    [InlineData("\"a\\\"b\\\\c\"@corp.example", "a\"b\\c@corp.example")]
    [InlineData("\"plain\"@corp.example", "plain@corp.example")]
    [InlineData("\"a@b\"@corp.example", "a@b@corp.example")]
    [InlineData("\"<>:\"@corp.example", "<>:@corp.example")]
    [InlineData("a..b@corp.example", "a..b@corp.example")]
    [InlineData(".a.@corp.example", ".a.@corp.example")]
    [InlineData("anna@mail_host.corp.example", "anna@mail_host.corp.example")]
    [InlineData("anna@localhost", "anna@localhost")]
    [InlineData("anna@123.example", "anna@123.example")]
    [InlineData("anna@[192.0.2.1]", "anna@[192.0.2.1]")]
    [InlineData("anna@[192.000.002.001]", "anna@[192.0.2.1]")]
    [InlineData("anna@[IPv6:2001:DB8:0:0::1]", "anna@[ipv6:2001:db8::1]")]
    [InlineData("anna@[IPv6:::ffff:192.0.2.1]", "anna@[ipv6:::ffff:192.0.2.1]")]
    [InlineData("g\u00FCl@corp.example", "g\u00FCl@corp.example")]
    [InlineData("gu\u0308l@corp.example", "g\u00FCl@corp.example")]
    [InlineData("\"g\u00FC l\"@corp.example", "g\u00FC l@corp.example")]
    [InlineData("anna@xn--BCHER-KVA.example", "anna@xn--bcher-kva.example")]
    public void A_mailbox_is_read(string text, string expected)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address));
        Assert.Equal(expected, address!.Text);
        Assert.Equal(AddressFault.None, AddressParser.TryParse(Encoding.UTF8.GetBytes(text), AddressSyntax.Mailbox, out var fromBytes));
        Assert.Equal(address, fromBytes);
    }

    [Theory]
    [InlineData("a b@Corp.Example", "a b@corp.example")]
    [InlineData("\"a b\"@corp.example", "a b@corp.example")]
    [InlineData("\"a\\\"b\"@corp.example", "a\"b@corp.example")]
    [InlineData("\"a\"b@corp.example", "\"a\"b@corp.example")]
    [InlineData("a@b@corp.example", "a@b@corp.example")]
    [InlineData("\"@corp.example", "\"@corp.example")]
    [InlineData("<a>@corp.example", "<a>@corp.example")]
    [InlineData("a\\b@corp.example", "a\\b@corp.example")]
    [InlineData("valid\u00E9@corp.example", "valid\u00E9@corp.example")]
    [InlineData("anna@[192.0.2.1]", "anna@[192.0.2.1]")]
    public void What_Postfix_hands_over_is_read(string text, string expected)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(text, AddressSyntax.Unquoted, out var address));
        Assert.Equal(expected, address!.Text);
    }

    [Theory]
    [InlineData("", AddressFault.Empty)]
    [InlineData("<>", AddressFault.Empty)]
    [InlineData("postmaster", AddressFault.NoDomain)]
    [InlineData("<postmaster>", AddressFault.NoDomain)]
    [InlineData("\"a b\"", AddressFault.NoDomain)]
    [InlineData("@corp.example", AddressFault.LocalPartEmpty)]
    [InlineData("@relay.example:", AddressFault.NoDomain)]
    [InlineData("@relay.example:@corp.example", AddressFault.LocalPartEmpty)]
    [InlineData("\"\"@corp.example", AddressFault.LocalPartEmpty)]
    [InlineData("a b@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a@b@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a(comment)@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("\"a\"b@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("\"a@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("\"a\\\"@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("<a@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a\r\nb@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("\"a\0b\"@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("\"a\tb\"@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a\u0085@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("anna@", AddressFault.DomainSyntax)]
    [InlineData("anna@.", AddressFault.DomainSyntax)]
    [InlineData("anna@corp..example", AddressFault.DomainSyntax)]
    [InlineData("anna@.corp.example", AddressFault.DomainSyntax)]
    [InlineData("anna@corp.example..", AddressFault.DomainSyntax)]
    [InlineData("anna@-corp.example", AddressFault.DomainSyntax)]
    [InlineData("anna@corp-.example", AddressFault.DomainSyntax)]
    [InlineData("anna@corp example", AddressFault.DomainSyntax)]
    [InlineData("anna@corp.example\n", AddressFault.DomainSyntax)]
    [InlineData("anna@corp*.example", AddressFault.DomainSyntax)]
    [InlineData("anna@[127.1]", AddressFault.DomainSyntax)]
    [InlineData("anna@[256.0.0.1]", AddressFault.DomainSyntax)]
    [InlineData("anna@[1.2.3.4.5]", AddressFault.DomainSyntax)]
    [InlineData("anna@[IPv6:fe80::1%eth0]", AddressFault.DomainSyntax)]
    [InlineData("anna@[IPv6:192.0.2.1]", AddressFault.DomainSyntax)]
    [InlineData("anna@[x400:whatever]", AddressFault.DomainSyntax)]
    [InlineData("anna@[192.0.2.1", AddressFault.DomainSyntax)]
    [InlineData("anna@b\u00FC cher.example", AddressFault.DomainSyntax)]
    [InlineData("anna@\u0308b.example", AddressFault.DomainSyntax)]
    [InlineData("anna@xn--b\u00FC.example", AddressFault.DomainSyntax)]
    public void What_is_no_mailbox_has_a_fault(string text, AddressFault expected)
    {
        Assert.Equal(expected, AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address));
        Assert.Null(address);
    }

    [Theory]
    [InlineData("", AddressFault.Empty)]
    [InlineData("valid2", AddressFault.NoDomain)]
    [InlineData("@corp.example", AddressFault.LocalPartEmpty)]
    [InlineData("a\nb@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a\u007F@corp.example", AddressFault.LocalPartSyntax)]
    [InlineData("a@<corp.example>", AddressFault.DomainSyntax)]
    public void Unquoted_faults_are_seen(string text, AddressFault expected) =>
        Assert.Equal(expected, AddressParser.TryParse(text, AddressSyntax.Unquoted, out _));

    [Fact]
    public void Limits_are_in_octets()
    {
        // A local part may be longer than the 64 octets that everybody must take.
        Assert.Equal(AddressFault.None, Fault(new string('l', 241) + "@corp.example"));
        Assert.Equal(AddressFault.TooLong, Fault(new string('l', 242) + "@corp.example"));
        Assert.Equal(AddressFault.TooLong, Fault(new string('l', 255) + "@corp.example"));
        Assert.Equal(AddressFault.None, Fault(new string('\u00FC', 120) + "@corp.example"));
        Assert.Equal(AddressFault.TooLong, Fault(new string('\u00FC', 121) + "@corp.example"));
        Assert.Equal(AddressFault.TooLong, Fault(new string('\u00FC', 128) + "@corp.example"));
        // Quotes and backslashes do not count: they are not part of what is held.
        Assert.Equal(AddressFault.None, Fault("\"" + string.Concat(Enumerable.Repeat("\\\"", 241)) + "\"@corp.example"));

        Assert.Equal(AddressFault.None, Fault($"a@{Label63}.example"));
        Assert.Equal(AddressFault.DomainSyntax, Fault($"a@{Label63}d.example"));
        Assert.Equal(AddressFault.DomainSyntax, Fault("a@" + new string('\u00FC', 70) + ".example"));

        var domain = string.Join('.', Label63, Label63, Label63, new string('e', 60));
        Assert.Equal(252, domain.Length);
        Assert.Equal(AddressFault.None, Fault($"a@{domain}"));
        Assert.Equal(AddressFault.TooLong, Fault($"ab@{domain}"));
        Assert.Equal(AddressFault.TooLong, Fault($"\u00FC@{domain}"));
        Assert.Equal(AddressFault.DomainSyntax, Fault($"a@{Label63}.{domain}"));
        Assert.Equal(AddressFault.TooLong, Fault(new string('a', 2000)));
        Assert.Equal(AddressFault.TooLong, AddressParser.TryParse(new byte[2000], AddressSyntax.Mailbox, out _));
    }

    [Theory]
    [InlineData("b\u00FCcher.example")]
    [InlineData("B\u00DCCHER.Example")]
    [InlineData("bu\u0308cher.example")]
    [InlineData("BU\u0308CHER.EXAMPLE")]
    [InlineData("b\u00FCcher\u3002example")]
    [InlineData("b\u00FCcher\uFF0Eexample.")]
    [InlineData("\uFF42\u00FCcher.example")]
    [InlineData("b\u00FC\u00ADcher.example")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.EXAMPLE")]
    public void All_spellings_of_an_internationalized_domain_are_one(string domain)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse("anna@" + domain, AddressSyntax.Mailbox, out var address));
        Assert.Equal("anna@xn--bcher-kva.example", address!.Text);
    }

    [Fact]
    public void Octets_that_are_no_UTF8_are_a_fault()
    {
        Assert.Equal(AddressFault.LocalPartSyntax, AddressParser.TryParse("g\xFCl@corp.example".Select(c => (byte)c).ToArray(), AddressSyntax.Unquoted, out _));
        Assert.Equal(AddressFault.DomainSyntax, AddressParser.TryParse("gul@c\xFC.example".Select(c => (byte)c).ToArray(), AddressSyntax.Unquoted, out _));
        Assert.Equal(AddressFault.LocalPartSyntax, AddressParser.TryParse([0xC3], AddressSyntax.Unquoted, out _));
    }

    [Fact]
    public void An_ASCII_address_costs_one_string_and_one_object()
    {
        var bytes = "Anna.Berg@Corp.Example"u8.ToArray();
        AddressParser.TryParse(bytes, AddressSyntax.Unquoted, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AddressParser.TryParse(bytes, AddressSyntax.Unquoted, out var address);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotNull(address);
        // The string: 22 octets and 2 for each of 22 characters, rounded up to 72. The address: 16 octets, a reference and a number, 32.
        Assert.InRange(allocated, 1, 104);
    }

    /// <summary>Not theory data: an attribute holds UTF-8, which has no lone surrogates.</summary>
    [Fact]
    public void A_lone_surrogate_is_a_fault()
    {
        Assert.Equal(AddressFault.LocalPartSyntax, Fault("a\uD800@corp.example"));
        Assert.Equal(AddressFault.DomainSyntax, Fault("anna@\uD800.example"));
    }

    private static AddressFault Fault(string text) => AddressParser.TryParse(text, AddressSyntax.Mailbox, out _);
}
