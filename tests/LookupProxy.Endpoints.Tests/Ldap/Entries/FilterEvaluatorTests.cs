using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Tests.Ldap.Question;
using LookupProxy.Ldap.Filters;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed class FilterEvaluatorTests
{
    private const string Anna = "anna@corp.example";

    [Theory]
    [MemberData(nameof(Catalogue.Filters), MemberType = typeof(Catalogue))]
    public void A_gateways_filter_finds_the_kinds_of_recipient_that_it_should(string product, string filter, string expected)
    {
        Assert.NotEmpty(product);
        var parsed = Parse(Catalogue.Fill(filter, Anna));
        var found = "mgcpx".Where(letter => FilterEvaluator.Matches(parsed, Recipients.Entry(Anna, Recipients.OfLetter(letter))));
        Assert.Equal(expected, string.Concat(found));
    }

    [Theory]
    [MemberData(nameof(Catalogue.Filters), MemberType = typeof(Catalogue))]
    public void A_gateways_filter_for_another_recipient_does_not_match(string product, string filter, string _)
    {
        Assert.NotEmpty(product);
        Assert.False(FilterEvaluator.Matches(Parse(Catalogue.Fill(filter, "bob@corp.example")), Recipients.Entry(Anna)));
    }

    [Theory]
    [InlineData("(&)", "True")]
    [InlineData("(|)", "False")]
    [InlineData("(noSuchAttribute=x)", "Undefined")]
    [InlineData("(!(noSuchAttribute=x))", "Undefined")]
    [InlineData("(noSuchAttribute=*)", "Undefined")]
    [InlineData("(|(noSuchAttribute=x)(mail=anna@corp.example))", "True")]
    [InlineData("(&(noSuchAttribute=x)(mail=bob@corp.example))", "False")]
    [InlineData("(displayName=*)", "False")]
    [InlineData("(!(displayName=HealthMailbox*))", "True")]
    [InlineData("(!(memberOf=cn=blocked,dc=contoso,dc=example))", "True")]
    [InlineData("(memberOf=nonsense)", "Undefined")]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=cn=mail,dc=contoso,dc=example)", "Undefined")]
    [InlineData("(:2.5.13.2:=anna)", "Undefined")]
    [InlineData("(userAccountControl=512)", "True")]
    [InlineData("(userAccountControl=0512)", "True")]
    [InlineData("(userAccountControl=many)", "Undefined")]
    [InlineData("(userAccountControl>=512)", "True")]
    [InlineData("(userAccountControl<=511)", "False")]
    [InlineData("(userAccountControl:1.2.840.113556.1.4.803:=514)", "False")]
    [InlineData("(userAccountControl:1.2.840.113556.1.4.804:=514)", "True")]
    [InlineData("(mail:1.2.840.113556.1.4.803:=2)", "Undefined")]
    [InlineData("(objectCategory=person)", "True")]
    [InlineData("(objectCategory=user)", "True")]
    [InlineData("(objectCategory=group)", "False")]
    [InlineData("(objectCategory=CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=example)", "True")]
    [InlineData("(OBJECTCLASS=USER)", "True")]
    [InlineData("(2.5.4.0=user)", "True")]
    [InlineData("(objectClass=user*)", "True")]
    [InlineData("(objectClass= inetOrgPerson )", "True")]
    [InlineData("(mail=an*corp*.example)", "True")]
    [InlineData("(mail=anna@corp*p.example)", "False")]
    [InlineData("(mail;lang-de=*)", "False")]
    [InlineData("(o:dn:=LookupProxy)", "True")]
    [InlineData("(o:dn:=Contoso)", "False")]
    [InlineData("(mail=smtp:anna@corp.example)", "False")]
    [InlineData("(proxyAddresses=smtp:anna@corp.example)", "True")]
    [InlineData("(cn>=anna)", "True")]
    [InlineData("(memberOf>=x)", "Undefined")]
    public void Truth_is_three_valued(string filter, string expected) =>
        Assert.Equal(expected, FilterEvaluator.Evaluate(Parse(filter), Recipients.Entry(Anna)).ToString());

    [Theory]
    [InlineData("(mail=anna.alias@corp.example)")]
    [InlineData("(userPrincipalName=anna.alias@corp.example)")]
    [InlineData("(proxyAddresses=SMTP:Anna.Alias@Corp.Example)")]
    [InlineData("(mail=anna@corp.example)")]
    [InlineData("(proxyAddresses=smtp:anna@corp.example)")]
    [InlineData("(proxyAddresses=sip:a.s@corp.example)")]
    public void The_address_asked_for_matches_in_any_attribute_and_the_real_ones_in_theirs(string filter)
    {
        var recipient = Recipients.With(
            new Recipient { Directory = "contoso", PrimaryAddress = Anna },
            ("mail", [Anna]), ("proxyAddresses", ["SMTP:anna@corp.example", "sip:a.s@corp.example"]));
        Assert.True(FilterEvaluator.Matches(Parse(filter), Recipients.Entry("anna.alias@corp.example", recipient)));
    }

    [Theory]
    [InlineData("(uid=jose\\cc\\81)")]
    [InlineData("(title=cafe\\cc\\81)")]
    [InlineData("(title=*fe\\cc\\81)")]
    public void A_letter_and_its_mark_are_the_letter_with_the_mark(string filter) =>
        Assert.True(FilterEvaluator.Matches(Parse(filter), Recipients.Entry("jos\u00E9@corp.example", Recipients.With(new Recipient { Directory = "contoso" }, ("title", ["Caf\u00E9"])))));

    [Fact]
    public void Who_is_asked_for_as_a_member_is_not_the_recipient() =>
        Assert.False(FilterEvaluator.Matches(Parse("(rfc822MailMember=anna@corp.example)"), Recipients.Entry(Anna)));

    [Fact]
    public void An_address_matches_in_another_spelling()
    {
        Assert.True(FilterEvaluator.Matches(Parse("(mail=\"a b\"@corp.example)"), Recipients.Entry("a b@corp.example")));
        Assert.True(FilterEvaluator.Matches(Parse("(mail=anna@BÜCHER.example)"), Recipients.Entry("anna@bücher.example")));
        Assert.True(FilterEvaluator.Matches(Parse("(mail=anna@corp.example.)"), Recipients.Entry(Anna)));
    }

    [Fact]
    public void A_recipient_accepted_without_a_directory_matches_as_a_mailbox()
    {
        var entry = new RecipientEntry(
            new EntryLayout(Recipients.Suffix, new EntryOptions()),
            new Verdict { Kind = VerdictKind.Unknown, WhenUnknown = WhenUnknown.Accept, Address = Mail.Of(Anna) });
        Assert.True(FilterEvaluator.Matches(Parse("(&(objectCategory=person)(objectClass=user)(mail=anna@corp.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))"), entry));
    }

    private static LdapFilter Parse(string filter)
    {
        Assert.True(FilterText.TryParse(filter, FilterTextOptions.Tolerant, out var parsed, out var fault), fault);
        return parsed;
    }
}
