using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Benchmarks.Ldap;

/// <summary>The codec's share of one look-up: a request out; an entry and the end of the search in.</summary>
[MemoryDiagnoser]
public class LdapCodecBenchmarks
{
    private static readonly LdapMessageReader s_reader = new(new LdapCodecLimits());
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly LdapMessage _request = new(77, Request());
    private readonly LdapMessage _entry = new(77, Entry());
    private byte[] _entryAndDone = [];
    private byte[] _done = [];
    private byte[] _requestBytes = [];

    [GlobalSetup]
    public void Write()
    {
        _done = Bytes(new LdapMessage(77, new SearchResultDone(new LdapResult(ResultCode.Success))));
        _entryAndDone = [.. Bytes(_entry), .. _done];
        _requestBytes = Bytes(_request);
    }

    [Benchmark]
    public int DecodeEntryAndDone() => ReadAll(_entryAndDone);

    [Benchmark]
    public int DecodeDone() => ReadAll(_done);

    [Benchmark]
    public int DecodeSearchRequest() => ReadAll(_requestBytes);

    [Benchmark]
    public int EncodeSearchRequest() => Encode(_request);

    [Benchmark]
    public int EncodeEntry() => Encode(_entry);

    /// <summary>To compare: the same records by System.Formats.Asn1.</summary>
    [Benchmark]
    public int DecodeEntryWithAsnReader() => AsnOracle.Read(_entryAndDone.AsMemory(0, _entryAndDone.Length - _done.Length)).MessageId;

    private static int ReadAll(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        var sum = 0;
        while (s_reader.TryRead(ref buffer, out var message, out _) == ReadStatus.Done)
            sum += message!.MessageId;
        return sum;
    }

    private static byte[] Bytes(LdapMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(output, message);
        return output.WrittenSpan.ToArray();
    }

    private static SearchRequest Request()
    {
        _ = FilterText.TryParse("(|(mail=anna.mueller@corp.example)(proxyAddresses=smtp:anna.mueller@corp.example))", out var filter, out _);
        return new SearchRequest("dc=contoso,dc=example", SearchScope.WholeSubtree, filter!) { SizeLimit = 2, TimeLimit = 2, Attributes = ["mail", "proxyAddresses", "objectClass"] };
    }

    private static SearchResultEntry Entry() => new("CN=Anna Müller,OU=People,DC=contoso,DC=example", [
        Attribute("objectClass", "top", "person", "organizationalPerson", "user"),
        Attribute("proxyAddresses", "SMTP:anna.mueller@corp.example", "smtp:a.mueller@corp.example", "X500:/o=Contoso/ou=x/cn=Recipients/cn=anna"),
        Attribute("mail", "anna.mueller@corp.example")]);

    private static LdapAttribute Attribute(string description, params string[] values) =>
        new(description, [.. values.Select(value => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value))]);

    private int Encode(LdapMessage message)
    {
        _output.ResetWrittenCount();
        LdapMessageWriter.Write(_output, message);
        return _output.WrittenCount;
    }
}
