using System.Buffers;
using System.Text;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Tests.Codec;

public class SmokeTests
{
    [Fact]
    public void A_search_request_comes_back()
    {
        var request = new SearchRequest("dc=contoso", SearchScope.WholeSubtree, new LdapFilter.Equality("mail", Encoding.UTF8.GetBytes("anna@corp.example"))) { SizeLimit = 300, Attributes = ["mail", "proxyAddresses"] };
        var output = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(output, new LdapMessage(129, request) { Controls = [new LdapControl("1.2.3", true)] });
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(ReadStatus.Done, new LdapMessageReader(new LdapCodecLimits()).TryRead(ref buffer, out var message, out var fault));
        Assert.Null(fault);
        Assert.True(buffer.IsEmpty);
        Assert.Equal(129, message!.MessageId);
        var search = Assert.IsType<SearchRequest>(message.Operation);
        Assert.Equal("dc=contoso", search.BaseObject);
        Assert.Equal(300, search.SizeLimit);
        Assert.Equal(["mail", "proxyAddresses"], search.Attributes);
        var equality = Assert.IsType<LdapFilter.Equality>(search.Filter);
        Assert.Equal("anna@corp.example", Encoding.UTF8.GetString(equality.Value.Span));
        Assert.Equal([new LdapControl("1.2.3", true)], message.Controls);
    }
}
