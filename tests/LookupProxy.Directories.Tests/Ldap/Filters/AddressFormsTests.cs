using System.Text;
using LookupProxy.Directories.Ldap.Filters;

namespace LookupProxy.Directories.Tests.Ldap.Filters;

public class AddressFormsTests
{
    [Theory]
    [InlineData("anna@shared.example", new[] { "anna@shared.example" })]
    [InlineData("o'brien+tag@shared.example", new[] { "o'brien+tag@shared.example" })]
    [InlineData("\"a b\"@shared.example", new[] { "\"a b\"@shared.example", "a b@shared.example" })]
    [InlineData("josé@shared.example", new[] { "josé@shared.example" })]
    [InlineData("anna@xn--bcher-kva.example", new[] { "anna@xn--bcher-kva.example", "anna@bücher.example" })]
    [InlineData("anna@bücher.example", new[] { "anna@xn--bcher-kva.example", "anna@bücher.example" })]
    [InlineData("anna@xn--strae-oqa.example", new[] { "anna@xn--strae-oqa.example", "anna@straße.example" })]
    [InlineData("\"a b\"@bücher.example", new[] { "\"a b\"@xn--bcher-kva.example", "\"a b\"@bücher.example", "a b@xn--bcher-kva.example", "a b@bücher.example" })]
    public void An_address_is_asked_for_in_every_way_it_may_be_written(string address, string[] forms)
    {
        var found = AddressForms.Of(Directory.Address(address));
        Assert.Equal(forms, found.Select(form => Text(form.Address)));
        Assert.All(found, form => Assert.Equal(Text(form.Address), $"{Text(form.Local)}@{Text(form.Domain)}"));
    }

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
