using System.Text;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Tests.Ldap.Entries;

public class EntryAttributesTests
{
    [Fact]
    public void Names_match_without_case_and_options()
    {
        var entry = new SearchResultEntry("cn=x", [Attribute("proxyAddresses;range=0-1", "a"), Attribute("PROXYADDRESSES", "b"), Attribute("proxyAddressesX", "c")]);
        Assert.Equal(["a", "b"], entry.Texts("proxyaddresses"));
    }

    [Fact]
    public void Octets_that_are_no_text_are_left_out()
    {
        var entry = new SearchResultEntry("cn=x", [new("photo", [new byte[] { 0xFF, 0xD8 }, new byte[] { 0x41, 0x00 }, new byte[] { 0x41 }])]);
        Assert.Equal(["A"], entry.Texts("photo"));
    }

    private static LdapAttribute Attribute(string description, string value) => new(description, [Encoding.UTF8.GetBytes(value)]);
}
