using System.Text;
using LookupProxy.Directories.Ldap.Filters;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>From values back to addresses.</summary>
public class ValueTurnTests
{
    [Theory]
    [InlineData("(mail={address})", "anna@x.example", "Address", "anna@x.example")]
    [InlineData("(proxyAddresses=smtp:{address})", "SMTP:anna@x.example", "Address", "anna@x.example")]
    [InlineData("(proxyAddresses=smtp:{address})", "X500:/o=x", "Address", null)]
    [InlineData("(proxyAddresses=smtp:{address})", "smtp:", "Address", null)]
    [InlineData("(mail={local}@{domain})", "anna@x.example", "Address", "anna@x.example")]
    [InlineData("(mailAlternateAddress=catchall@{domain})", "catchall@x.example", "Domain", "x.example")]
    [InlineData("(zimbraMailCatchAllAddress=@{domain})", "@x.example", "Domain", "x.example")]
    [InlineData("(uid={local})", "anna", "Local", "anna")]
    [InlineData("(mail={address}.invalid)", "anna@x.example.INVALID", "Address", "anna@x.example")]
    [InlineData("(mail={address}.invalid)", "anna@x.example", "Address", null)]
    [InlineData("(mail={local}+{domain})", "anna+x.example", null, null)]
    [InlineData("(mail={address}{address})", "anna@x.exampleanna@x.example", null, null)]
    public void A_value_is_turned_round_by_the_template_that_made_it(string filter, string value, string? holds, string? held)
    {
        Assert.True(FilterTemplate.TryParse(filter, out var template, out _));
        var asserted = Assert.Single(template.Asserted).Value;

        Assert.Equal(holds, asserted.Holds?.ToString());
        Assert.Equal(held is not null, asserted.TryTurnRound(Encoding.UTF8.GetBytes(value), out var turned));
        Assert.Equal(held ?? "", Encoding.UTF8.GetString(turned.Span));
    }
}
