using System.Collections.Immutable;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Tests.Recipients;

public sealed class AttributeDictionaryTests
{
    private static readonly Dictionary<string, ImmutableArray<string>> Some = new()
    {
        ["proxyAddresses"] = ["SMTP:anna@corp.example", "smtp:öl@corp.example", ""],
        ["info"] = [new string('x', 5000)],
        ["empty"] = [],
        ["größe"] = ["1"],
    };

    [Fact]
    public void What_was_put_in_comes_out_in_order()
    {
        var packed = AttributeDictionary.Of(Some);

        Assert.Equal(Some.Keys, packed.Keys);
        Assert.Equal(Some.Values.SelectMany(static values => values), packed.Values.SelectMany(static values => values));
        Assert.Equal(4, packed.Count);
        Assert.False(packed.IsEmpty);
    }

    [Theory]
    [InlineData("PROXYADDRESSES", 3)]
    [InlineData("Empty", 0)]
    [InlineData("GRÖSSE", -1)]
    [InlineData("GRÖßE", 1)]
    [InlineData("proxyAddresse", -1)]
    [InlineData("", -1)]
    public void Names_are_found_whatever_their_case(string name, int values)
    {
        var packed = AttributeDictionary.Of(Some);

        Assert.Equal(values >= 0, packed.TryGetValue(name, out var found));
        Assert.Equal(values >= 0, packed.ContainsKey(name));
        if (values < 0)
            Assert.Throws<KeyNotFoundException>(() => packed[name]);
        else
            Assert.Equal(values, found.Length);
    }

    [Fact]
    public void Without_attributes_it_is_the_empty_one()
    {
        Assert.Same(AttributeDictionary.Empty, AttributeDictionary.Of([]));
        Assert.Empty(AttributeDictionary.Empty);
        Assert.True(AttributeDictionary.Empty.IsEmpty);
    }

    [Fact]
    public void A_packer_takes_octets_as_they_are()
    {
        var packer = new AttributePacker();
        packer.Begin("mail", 2);
        packer.Add("öl@corp.example"u8);
        packer.Add("anna@corp.example");

        Assert.Equal(["öl@corp.example", "anna@corp.example"], packer.Build()["mail"]);
    }
}
