using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Caching;

public sealed class SheetKeyTests
{
    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("\"a@b\"@corp.example")]
    [InlineData("\"two words\"@corp.example")]
    [InlineData("jörg.müller@corp.example")]
    public void An_address_is_read_off_its_key(string mailbox)
    {
        using var world = World.Of(2);
        var address = Mail.Of(mailbox);
        Assert.True(world.Resolver.Model.View(null).TryFind(address.Domain, out var entry));
        var key = SheetKey.Of(entry.Namespace, address);

        var read = SheetKey.AddressOf(entry.Namespace, key);

        Assert.Equal(address, read);
        Assert.Equal(address.LocalPart.ToString(), read.LocalPart.ToString());
        Assert.True(SheetKey.IsOf(key, entry.Namespace, address));
    }

    [Theory]
    [InlineData("Anna@corp.example")]
    [InlineData("anna@alias.example")]
    [InlineData("hanna@corp.example")]
    public void A_key_is_not_that_of_another_form(string mailbox)
    {
        using var world = World.Of(1);
        var canonical = Mail.Of("anna@corp.example");
        Assert.True(world.Resolver.Model.View(null).TryFind(canonical.Domain, out var entry));

        Assert.False(SheetKey.IsOf(SheetKey.Of(entry.Namespace, canonical), entry.Namespace, Mail.Of(mailbox)));
    }
}
