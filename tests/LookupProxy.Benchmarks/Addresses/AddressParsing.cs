using System.Text;
using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Benchmarks.Addresses;

[MemoryDiagnoser]
public class AddressParsing
{
    private byte[] _octets = [];

    [Params("anna.berg@corp.example", "Anna.Berg@Corp.Example", "\"anna berg\"@corp.example", "jürgen.müller@bücher.example")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Encode() => _octets = Encoding.UTF8.GetBytes(Text);

    [Benchmark]
    public Address? FromOctets()
    {
        AddressParser.TryParse(_octets, AddressSyntax.Mailbox, out var address);
        return address;
    }

    [Benchmark]
    public Address? AndFold() => FromOctets()?.Fold();
}
