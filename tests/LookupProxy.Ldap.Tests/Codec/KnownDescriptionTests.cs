using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Tests.Support;

namespace LookupProxy.Ldap.Tests.Codec;

public class KnownDescriptionTests
{
    [Theory]
    [InlineData("mail")]
    [InlineData("MAIL")]
    [InlineData("mai1")]
    [InlineData("cn")]
    [InlineData("")]
    [InlineData("proxyAddresses")]
    [InlineData("proxyAddresses;range=0-9")]
    [InlineData("grüße")]
    [InlineData("an-attribute-with-a-name-longer-than-any-that-is-known")]
    public void Descriptions_are_read_as_they_are_written(string description)
    {
        var entry = Wire.Read<SearchResultEntry>(Wire.Write(new SearchResultEntry("", [new LdapAttribute(description, [])])));
        Assert.Equal(description, Assert.Single(entry.Attributes).Description);
    }

    [Fact]
    public void A_known_description_makes_no_new_string()
    {
        var bytes = Wire.Write(new SearchResultEntry("", [new LdapAttribute("proxyAddresses", [])]));
        Assert.Same(Wire.Read<SearchResultEntry>(bytes).Attributes[0].Description, Wire.Read<SearchResultEntry>(bytes).Attributes[0].Description);
    }
}
