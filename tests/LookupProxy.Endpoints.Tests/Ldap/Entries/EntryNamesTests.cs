using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed class EntryNamesTests
{
    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("o,brien+x@corp.example")]
    [InlineData("#a;b<c>=d\\e@corp.example")]
    [InlineData(" a b @corp.example")]
    [InlineData("jürgen@corp.example")]
    public void A_name_can_be_read_back(string address)
    {
        var names = new EntryNames("ou=mail, o=lookupproxy");
        Assert.True(DistinguishedName.TryParse(Recipients.Entry(address).Layout.Names.Of(address), out _));
        Assert.True(DistinguishedName.TryParse(names.Of(address), out var name));
        Assert.True(names.TryReadAddress(name, out var read));
        Assert.Equal(address, read.Text);
    }

    [Theory]
    [InlineData("o=lookupproxy")]
    [InlineData("cn=anna@corp.example,o=other")]
    [InlineData("cn=anna@corp.example,ou=x,o=lookupproxy")]
    [InlineData("mail=anna@corp.example,o=lookupproxy")]
    [InlineData("cn=gateway,o=lookupproxy")]
    [InlineData("")]
    public void Other_names_are_no_recipients(string text)
    {
        Assert.True(DistinguishedName.TryParse(text, out var name));
        Assert.False(new EntryNames("o=lookupproxy").TryReadAddress(name, out _));
    }

    [Fact]
    public void All_addresses_of_a_recipient_in_a_domain_name_one_entry()
    {
        var recipient = new Recipient { Directory = "contoso", PrimaryAddress = "Anna.Schmidt@Corp.Example" };
        Assert.Equal("cn=anna.schmidt@corp.example,o=lookupproxy", Recipients.Entry("anna@corp.example", recipient).Name);
        Assert.Equal("cn=anna.schmidt@corp.example,o=lookupproxy", Recipients.Entry("ANNA@corp.example", recipient).Name);
        Assert.Equal("cn=anna@old.example,o=lookupproxy", Recipients.Entry("Anna@old.example", recipient).Name);
    }
}
