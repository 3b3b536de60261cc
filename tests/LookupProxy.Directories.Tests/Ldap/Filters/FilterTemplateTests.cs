using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Tests.Ldap.Filters;

public class FilterTemplateTests
{
    [Theory]
    [InlineData("(mail={address})", "(mail=anna@shared.example)")]
    [InlineData("(|(mail={address})(proxyAddresses=smtp:{address}))", "(|(mail=anna@shared.example)(proxyAddresses=smtp:anna@shared.example))")]
    [InlineData("(&(uid={local})(associatedDomain={domain}))", "(&(uid=anna)(associatedDomain=shared.example))")]
    [InlineData("(x={local}/{domain}/{local}{address})", "(x=anna/shared.example/annaanna@shared.example)")]
    [InlineData("(mail={address}*)", "(mail=anna@shared.example*)")]
    [InlineData("(mail=*:{address}*{local}*{domain})", "(mail=*:anna@shared.example*anna*shared.example)")]
    [InlineData("(cn:caseIgnoreMatch:={local})", "(cn:caseIgnoreMatch:=anna)")]
    [InlineData("(mail~={address})", "(mail~=anna@shared.example)")]
    [InlineData("(mail>={address})", "(mail>=anna@shared.example)")]
    [InlineData("(&(objectClass=user)(mail={address})(!(mail={local}@x.example)))", "(&(objectClass=user)(mail=anna@shared.example)(!(mail=anna@x.example)))")]
    [InlineData("(&(mail={address})(!(userAccountControl:1.2.840.113556.1.4.803:=2)))", "(&(mail=anna@shared.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))")]
    [InlineData("(&(!(objectClass=computer))(mail={address}))", "(&(!(objectClass=computer))(mail=anna@shared.example))")]
    [InlineData("(mail=\\7b{address}\\7D)", "(mail={anna@shared.example})")]
    public void Placeholders_stand_in_values(string template, string filter) => Assert.Equal(filter, Bind(template, "anna@shared.example"));

    [Theory]
    [InlineData("\"*)(mail=*\"@shared.example", "(|(mail=\"\\2a\\29\\28mail=\\2a\"@shared.example)(mail=\\2a\\29\\28mail=\\2a@shared.example))")]
    [InlineData("u00*@shared.example", "(mail=u00\\2a@shared.example)")]
    [InlineData("\"a\\\\5c\"@shared.example", "(|(mail=\"a\\5c\\5c5c\"@shared.example)(mail=a\\5c5c@shared.example))")]
    [InlineData("{local}@shared.example", "(mail={local}@shared.example)")]
    public void No_address_changes_the_shape_of_a_filter(string address, string filter) => Assert.Equal(filter, Bind("(mail={address})", address));

    [Fact]
    public void An_injected_address_stays_one_value()
    {
        var bound = Assert.IsType<LdapFilter.Or>(Template("(mail={address})").Bind(AddressForms.Of(Directory.Address("\"*)(mail=*\"@shared.example"))));
        Assert.All(bound.Operands, operand => Assert.IsType<LdapFilter.Equality>(operand));
    }

    [Theory]
    [InlineData("(mail={address})", "(|(mail=anna@xn--bcher-kva.example)(mail=anna@bücher.example))")]
    [InlineData("(|(mail={address})(uid={local}))", "(|(mail=anna@xn--bcher-kva.example)(mail=anna@bücher.example)(uid=anna))")]
    [InlineData("(&(mail={address})(!(alt={address})))", "(&(|(mail=anna@xn--bcher-kva.example)(mail=anna@bücher.example))(!(|(alt=anna@xn--bcher-kva.example)(alt=anna@bücher.example))))")]
    [InlineData("(mail=*{domain})", "(|(mail=*xn--bcher-kva.example)(mail=*bücher.example))")]
    public void Both_forms_of_a_domain_are_asked_for_at_each_item(string template, string filter) => Assert.Equal(filter, Bind(template, "anna@bücher.example"));

    [Fact]
    public void What_holds_no_placeholder_is_not_built_anew()
    {
        var template = Template("(&(objectClass=user)(mail={address}))");
        var first = (LdapFilter.And)template.Bind(AddressForms.Of(Directory.Address("a@x.example")));
        var second = (LdapFilter.And)template.Bind(AddressForms.Of(Directory.Address("b@x.example")));
        Assert.Same(first.Operands[0], second.Operands[0]);
    }

    [Fact]
    public void Only_equalities_that_a_match_must_hold_are_asserted() =>
        Assert.Equal(
            ["mail", "alt"],
            Template("(&(mail={address})(alt={local})(!(x={address}))(y={address}*)(z=fixed))").Asserted.Select(value => value.Attribute));

    [Fact]
    public void What_follows_a_not_does_not_stand_under_it() =>
        Assert.Equal(["mail"], Template("(&(!(x={address}))(mail={address}))").Asserted.Select(value => value.Attribute));

    [Theory]
    [InlineData("(&(objectClass=user)(|(mail={address})(alt=x*{local})))", "(&(objectClass=user)(|(mail=*)(alt=*)))")]
    [InlineData("(&(mail={address})(!(blocked={address})))", "(&(mail=*)(objectClass=*))")]
    [InlineData("(&(mail={address})(!(state=off)))", "(&(mail=*)(!(state=off)))")]
    [InlineData("(|(mail:caseIgnoreMatch:={address})(:caseIgnoreMatch:={address}))", "(|(mail=*)(objectClass=*))")]
    public void Anybody_has_some_value_where_the_address_would_stand(string template, string filter) => Assert.Equal(filter, FilterText.Format(Template(template).Anybody));

    [Theory]
    [InlineData("(mail={adress})", "unknown placeholder {adress}; ")]
    [InlineData("(mail={address)", "unknown placeholder {;")]
    [InlineData("(mail={ADDRESS})", "unknown placeholder {ADDRESS}; ")]
    [InlineData("(mail=*)", "it holds none of")]
    [InlineData("(mail=\\7baddress})", "it holds none of")]
    [InlineData("(mail=\\FFdress})", "the octet \\ff")]
    [InlineData("(!(mail={address}))", "only under a NOT")]
    [InlineData("", "at character 1")]
    [InlineData("(mail={address}", "at character 16")]
    [InlineData("mail={address}", "at character 1")]
    [InlineData("(&(mail={address})(x=\\zz))", "at character 20")]
    [InlineData("({local}={address})", "'{local}' is no attribute, at character 2")]
    [InlineData("({local}=*)", "'{local}' is no attribute, at character 2")]
    [InlineData("(mail={address}))", "at character 17")]
    public void A_template_that_is_wrong_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(FilterTemplate.TryParse(text, out _, out var fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.NotEmpty(fault);
        TestContext.Current.TestOutputHelper?.WriteLine(fault);
    }

    private static string Bind(string template, string address) => FilterText.Format(Template(template).Bind(AddressForms.Of(Directory.Address(address))));

    private static FilterTemplate Template(string text)
    {
        Assert.True(FilterTemplate.TryParse(text, out var template, out var fault), fault);
        return template;
    }
}
