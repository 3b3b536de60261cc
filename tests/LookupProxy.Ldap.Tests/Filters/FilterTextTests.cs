using System.Text;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Ldap.Tests.Filters;

public class FilterTextTests
{
    [Theory]
    [InlineData("(mail=anna@corp.example)")]
    [InlineData("(|(mail=a@b.example)(proxyAddresses=smtp:a@b.example))")]
    [InlineData("(&(proxyAddresses=smtp:a)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))")]
    [InlineData("(mail=*)")]
    [InlineData("(mail=a*)")]
    [InlineData("(mail=*a)")]
    [InlineData("(mail=*a*)")]
    [InlineData("(mail=a*b*c*d)")]
    [InlineData("(cn=)")]
    [InlineData("(uSNChanged>=1234)")]
    [InlineData("(uSNChanged<=1234)")]
    [InlineData("(cn~=anna)")]
    [InlineData("(cn:caseExactMatch:=Fred Flintstone)")]
    [InlineData("(cn:=Betty Rubble)")]
    [InlineData("(sn:dn:2.4.6.8.10:=Barney Rubble)")]
    [InlineData("(o:dn:=Ace Industry)")]
    [InlineData("(:1.2.3:=Wilma Flintstone)")]
    [InlineData("(:dn:2.4.6.8.10:=Dino)")]
    [InlineData("(&)")]
    [InlineData("(|)")]
    [InlineData("(o=Parens R Us \\28for all your parenthetical needs\\29)")]
    [InlineData("(cn=*\\2a*)")]
    [InlineData("(filename=C:\\5cMyFile)")]
    [InlineData("(bin=\\00\\00\\00\\04)")]
    [InlineData("(sn=Lučić)")]
    [InlineData("(bin=\\ff\\fe)")]
    [InlineData("(cn;lang-de=Müller)")]
    [InlineData("(2.5.4.3=x)")]
    [InlineData("(cn= a b )")]
    public void Canonical_text_comes_back_as_it_was(string text)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var fault), fault);
        Assert.Equal(text, FilterText.Format(filter));
    }

    [Theory]
    [InlineData("(& (objectClass=inetOrgPerson) (mail=a@b.example))", "(&(objectClass=inetOrgPerson)(mail=a@b.example))")]
    [InlineData(" ( | (a=b)\r\n\t(c=d) ) ", "(|(a=b)(c=d))")]
    [InlineData("(! (a=b) )", "(!(a=b))")]
    [InlineData("(mail =a)", "(mail=a)")]
    [InlineData("(proxyAddresses=smtp\\3Aa\\40b)", "(proxyAddresses=smtp:a@b)")]
    [InlineData("(sn=Lu\\c4\\8di\\C4\\87)", "(sn=Lučić)")]
    [InlineData("(cn=**)", "(cn=*)")]
    [InlineData("(cn=a**b)", "(cn=a*b)")]
    [InlineData("(o:DN:=x)", "(o:dn:=x)")]
    public void Other_spellings_are_taken(string text, string canonical)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var fault), fault);
        Assert.Equal(canonical, FilterText.Format(filter));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("mail=a")]
    [InlineData("|(mail=a)(uid=b)")]
    [InlineData("(mail=a")]
    [InlineData("(mail=a))")]
    [InlineData("(mail=a)x")]
    [InlineData("(mail=a)(uid=b)")]
    [InlineData("()")]
    [InlineData("(mail)")]
    [InlineData("(=a)")]
    [InlineData("(!)")]
    [InlineData("(!(a=b)(c=d))")]
    [InlineData("(&(a=b)")]
    [InlineData("(&(a=b)c=d)")]
    [InlineData("(&a=b)")]
    [InlineData("(mail=a(b)")]
    [InlineData("(mail=a\\)")]
    [InlineData("(mail=a\\zz)")]
    [InlineData("(mail=a\\2)")]
    [InlineData("(mail=a\\*)")]
    [InlineData("(mail=a\0)")]
    [InlineData("(mail>=a*)")]
    [InlineData("(cn:caseExactMatch:=a*)")]
    [InlineData("(:=x)")]
    [InlineData("(:dn:=x)")]
    [InlineData("(cn::=x)")]
    [InlineData("(cn:dn::=x)")]
    [InlineData("(cn:a:b:=x)")]
    [InlineData("(c n=x)")]
    [InlineData("(ma\\69l=x)")]
    public void What_is_no_filter_is_refused_with_a_reason(string text)
    {
        Assert.False(FilterText.TryParse(text, out var filter, out var fault));
        Assert.Null(filter);
        Assert.Contains("at character ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|(mail=a)(user=b)(ou=Engineering)", "(|(mail=a)(user=b)(ou=Engineering))")]
    [InlineData("&(mail=a)(!(uid=b)) ", "(&(mail=a)(!(uid=b)))")]
    [InlineData("mail=a", "(mail=a)")]
    [InlineData("!(mail=a)", "(!(mail=a))")]
    [InlineData("(mail=a)", "(mail=a)")]
    [InlineData("(cn=a\\*b\\(c\\)\\\\)", "(cn=a\\2ab\\28c\\29\\5c)")]
    public void Tolerant_parsing_takes_what_gateways_send(string text, string canonical)
    {
        Assert.True(FilterText.TryParse(text, FilterTextOptions.Tolerant, out var filter, out var fault), fault);
        Assert.Equal(canonical, FilterText.Format(filter));
    }

    [Theory]
    [InlineData("mail=a)")]
    [InlineData("|(mail=a)(user=b))")]
    [InlineData("(mail=a)(uid=b)")]
    public void Tolerant_parsing_still_wants_parentheses_to_match(string text) =>
        Assert.False(FilterText.TryParse(text, FilterTextOptions.Tolerant, out _, out _));

    [Fact]
    public void Substrings_fall_into_initial_any_and_final()
    {
        Assert.True(FilterText.TryParse("(cn=a*b*c*d)", out var filter, out _));
        var substrings = Assert.IsType<LdapFilter.Substrings>(filter);
        Assert.Equal("a"u8, substrings.Initial!.Value.Span);
        Assert.Equal(["b", "c"], substrings.Any.Select(piece => Encoding.UTF8.GetString(piece.Span)));
        Assert.Equal("d"u8, substrings.Final!.Value.Span);
    }

    [Fact]
    public void Substrings_without_initial_and_final_have_none()
    {
        Assert.True(FilterText.TryParse("(cn=*b*)", out var filter, out _));
        var substrings = Assert.IsType<LdapFilter.Substrings>(filter);
        Assert.Null(substrings.Initial);
        Assert.Null(substrings.Final);
    }

    [Fact]
    public void Escaped_octets_become_octets_of_the_value()
    {
        Assert.True(FilterText.TryParse("(bin=a\\00\\ff\\C3\\bc)", out var filter, out _));
        Assert.Equal([0x61, 0x00, 0xFF, 0xC3, 0xBC], Assert.IsType<LdapFilter.Equality>(filter).Value.ToArray());
    }

    [Theory]
    [InlineData("anna@corp.example", "anna@corp.example")]
    [InlineData("u00*@shared.example", "u00\\2a@shared.example")]
    [InlineData("a)(b\\c\0d", "a\\29\\28b\\5cc\\00d")]
    [InlineData("*", "\\2a")]
    [InlineData("Lučić😀", "Lučić😀")]
    [InlineData("", "")]
    public void Escape_leaves_nothing_that_a_filter_could_read(string value, string escaped)
    {
        Assert.Equal(escaped, FilterText.Escape(value));
        Assert.True(FilterText.TryParse($"(mail={FilterText.Escape(value)})", out var filter, out var fault), fault);
        Assert.Equal(value, Encoding.UTF8.GetString(Assert.IsType<LdapFilter.Equality>(filter).Value.Span));
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.True(FilterText.TryParse(Nested(31), out _, out var fault), fault);
        Assert.False(FilterText.TryParse(Nested(32), out _, out fault));
        Assert.Contains("deeper than 32", fault, StringComparison.Ordinal);
        Assert.False(FilterText.TryParse(Nested(100_000), out _, out _));
    }

    [Fact]
    public void The_number_of_components_is_bounded()
    {
        Assert.True(FilterText.TryParse(Wide(1023), out _, out var fault), fault);
        Assert.False(FilterText.TryParse(Wide(1024), out _, out fault));
        Assert.Contains("more than 1024", fault, StringComparison.Ordinal);
        Assert.False(FilterText.TryParse($"(cn={string.Concat(Enumerable.Repeat("a*", 2000))})", out _, out fault));
        Assert.Contains("more than 1024", fault, StringComparison.Ordinal);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("(!", depth)) + "(a=b)" + new string(')', depth);

    private static string Wide(int count) => "(|" + string.Concat(Enumerable.Repeat("(a=b)", count)) + ")";
}
