using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Tests.Ldap.Question;

public sealed class QuestionReaderTests
{
    private static readonly QuestionOptions Options = new() { DefaultDomain = "corp.example" };

    [Theory]
    [MemberData(nameof(Catalogue.Filters), MemberType = typeof(Catalogue))]
    public void A_gateways_filter_asks_for_its_one_recipient(string product, string filter, string _)
    {
        Assert.NotEmpty(product);
        Assert.Equal(["anna.schmidt@corp.example"], Addresses(Catalogue.Fill(filter, "anna.schmidt@corp.example")));
    }

    [Theory]
    [MemberData(nameof(Catalogue.Enumerations), MemberType = typeof(Catalogue))]
    public void A_filter_that_names_no_address_is_about_something_else(string filter) => Assert.Equal(SearchSubject.Other, Read(filter).Subject);

    [Theory]
    [InlineData("(mail=u00*@shared.example)")]
    [InlineData("(mail=*a@shared.example)")]
    [InlineData("(mail=*.*@shared.example)")]
    [InlineData("(&(objectClass=qmailUser)(|(mail=u00*@shared.example)(mailAlternateAddress=u00*@shared.example)))")]
    [InlineData("(proxyAddresses=smtp:u*@shared.example)")]
    [InlineData("(mailAlias7=a*b@shared.example)")]
    [InlineData("(|(mail=anna@shared.example)(mail=*nna@shared.example))")]
    public void A_wildcard_in_an_address_is_refused(string filter)
    {
        var reading = Read(filter);
        Assert.Equal(SearchSubject.Refused, reading.Subject);
        Assert.NotEmpty(reading.Reason);
    }

    [Theory]
    [InlineData("(mail=*@shared.example)")]
    [InlineData("(&(objectClass=user)(proxyAddresses=smtp:*@shared.example))")]
    [InlineData("(|(mail=*@shared.example)(mail=*@other.example))")]
    public void A_wildcard_for_a_local_part_is_everybody_of_a_domain(string filter) => Assert.Equal(SearchSubject.Domain, Read(filter).Subject);

    [Theory]
    [InlineData("(&(mail=anna@corp.example)(!(mail=*@other.example)))")]
    [InlineData("(&(mail=anna@corp.example)(proxyAddresses=*@corp.example))")]
    public void The_operators_own_wildcard_beside_an_address_is_left_to_evaluation(string filter) => Assert.Equal(["anna@corp.example"], Addresses(filter));

    [Theory]
    [InlineData("(mail=@corp.example)")]
    [InlineData("(mail=anna)")]
    [InlineData("(mail=)")]
    [InlineData("(mail=anna@)")]
    [InlineData("(mail=anna@corp..example)")]
    [InlineData(@"(mail=\ff@corp.example)")]
    [InlineData("(&(objectClass=inetLocalMailRecipient)(mailLocalAddress=@corp.example))")]
    public void What_cannot_be_an_address_is_nothing_and_is_never_looked_up(string filter) => Assert.Equal(SearchSubject.Nothing, Read(filter).Subject);

    /// <summary>It is not known to find nobody.</summary>
    [Theory]
    [InlineData("(|(mail=anna)(uid=anna))")]
    [InlineData("(|(mail=@corp.example)(cn=anna))")]
    [InlineData("(&(objectClass=person)(|(mail=anna)(sAMAccountName=anna)))")]
    [InlineData("(|(mail=)(objectClass=user))")]
    public void What_cannot_be_an_address_beside_what_is_not_understood_is_about_something_else(string filter) =>
        Assert.Equal(SearchSubject.Other, Read(filter, new QuestionOptions()).Subject);

    [Theory]
    [InlineData("(|(mail=anna@)(uid=anna))")]
    [InlineData("(|(mail=@corp.example)(uid=anna))")]
    public void A_local_part_beside_what_cannot_be_an_address_is_not_completed(string filter) => Assert.Equal(SearchSubject.Nothing, Read(filter).Subject);

    [Fact]
    public void Different_addresses_are_all_asked_for_and_each_once() =>
        Assert.Equal(
            ["anna@corp.example", "bob@corp.example", "carl@corp.example"],
            Addresses("(|(mail=anna@corp.example)(mail=bob@corp.example)(proxyAddresses=smtp:bob@Corp.Example)(&(uid=x)(mail=carl@corp.example))(mail=anna@CORP.example))"));

    /// <summary>In some namespaces they are two recipients.</summary>
    [Fact]
    public void Addresses_that_differ_by_case_are_all_asked_for() =>
        Assert.Equal(["Anna@corp.example", "anna@corp.example"], Addresses("(|(mail=Anna@corp.example)(mail=anna@corp.example)(mail=Anna@Corp.Example))"));

    [Theory]
    [InlineData("(uid=anna)")]
    [InlineData("(|(mail=anna)(uid=anna))")]
    [InlineData("(|(ShortName=anna)(FullName=anna))")]
    [InlineData("(sAMAccountName=anna)")]
    public void A_local_part_alone_is_completed_by_the_default_domain(string filter)
    {
        Assert.Equal(["anna@corp.example"], Addresses(filter));
        Assert.NotEqual(SearchSubject.Addresses, Read(filter, new QuestionOptions()).Subject);
    }

    [Fact]
    public void A_local_part_beside_a_whole_address_names_nobody_else() =>
        Assert.Equal(["bob@a.example"], Addresses("(|(mail=bob@a.example)(uid=bob))"));

    [Fact]
    public void Catchall_alone_is_an_address_and_beside_another_of_its_domain_a_key()
    {
        Assert.Equal(["catchall@corp.example"], Addresses("(|(mail=catchall@corp.example)(mailAlternateAddress=catchall@corp.example))"));
        Assert.Equal(["bob@a.example", "catchall@b.example"], Addresses("(|(mail=bob@a.example)(mail=catchall@b.example))"));
    }

    [Fact]
    public void What_is_excluded_is_not_asked_for() => Assert.Equal(["anna@corp.example"], Addresses("(&(mail=anna@corp.example)(!(mail=bob@corp.example)))"));

    [Fact]
    public void What_is_excluded_twice_is_asked_for() => Assert.Equal(["anna@corp.example"], Addresses("(!(!(mail=anna@corp.example)))"));

    [Fact]
    public void More_addresses_than_the_limit_are_refused()
    {
        var items = Enumerable.Range(0, Options.MaxAddresses + 1).Select(static i => $"(mail=u{i}@corp.example)").ToArray();
        Assert.Equal(SearchSubject.Refused, Read($"(|{string.Concat(items)})").Subject);
        Assert.Equal(Options.MaxAddresses, Addresses($"(|{string.Concat(items[1..])})").Count());
    }

    /// <summary>RFC 5322 3.2.3: "$" is a letter of local parts like others.</summary>
    [Theory]
    [InlineData("(mail=smtp$anna@corp.example)", "smtp$anna@corp.example")]
    [InlineData("(userPrincipalName=SIP$anna@corp.example)", "SIP$anna@corp.example")]
    [InlineData("(uid=smtp$anna)", "smtp$anna@corp.example")]
    [InlineData("(proxyAddresses=smtp$smtp$anna@corp.example)", "smtp$anna@corp.example")]
    [InlineData("(mailAlias7=smtp$anna@corp.example)", "anna@corp.example")]
    public void Where_addresses_are_plain_a_dollar_sign_is_of_the_local_part(string filter, string address) => Assert.Equal([address], Addresses(filter));

    /// <summary>Somebody called "smtp:anna" is not anna, and a filter that says so always would find nobody in any directory: neither accepted nor rejected, and no list either.</summary>
    [Theory]
    [InlineData("(mail=smtp:anna@corp.example)")]
    [InlineData("(|(mail=SMTP:anna@corp.example)(userPrincipalName=sip:anna@corp.example))")]
    [InlineData("(|(mail=smtp:anna@corp.example)(uid=anna))")]
    public void A_scheme_before_a_plain_address_is_refused(string filter)
    {
        var reading = Read(filter);
        Assert.Equal(SearchSubject.Refused, reading.Subject);
        Assert.Contains("proxyAddresses", reading.Reason);
    }

    [Theory]
    [InlineData("(uid=smtp:anna)", "smtp:anna@corp.example")]
    [InlineData("(mail=foo:anna@corp.example)", "foo:anna@corp.example")]
    [InlineData("(|(mail=smtp:anna@corp.example)(proxyAddresses=smtp:smtp:anna@corp.example))", "smtp:anna@corp.example")]
    [InlineData("(|(mail=smtp:anna@corp.example)(proxyAddresses=smtp:anna@corp.example))", "anna@corp.example")]
    [InlineData("(mail=\"smtp:anna\"@corp.example)", "smtp:anna@corp.example")]
    public void What_is_no_scheme_there_is_of_the_local_part_and_beside_a_scheme_another_address_counts(string filter, string address) => Assert.Equal([address], Addresses(filter));

    [Theory]
    [InlineData("(isMemberOf=cn=sales@corp.example,o=lookupproxy)")]
    [InlineData("(&(objectClass=person)(groupMembership=CN=sales@corp.example, O=lookupproxy))")]
    public void The_name_of_an_entry_is_no_address_that_cannot_be(string filter) => Assert.Equal(SearchSubject.Other, Read(filter).Subject);

    [Theory]
    [InlineData("(mail~=anna@corp.example)")]
    [InlineData("(mail:=anna@corp.example)")]
    [InlineData("(mail:2.5.13.2:=anna@corp.example)")]
    [InlineData("(mail:caseIgnoreMatch:=anna@corp.example)")]
    public void Other_equalities_ask_too(string filter) => Assert.Equal(["anna@corp.example"], Addresses(filter));

    private static IEnumerable<string> Addresses(string filter)
    {
        var reading = Read(filter);
        Assert.Equal(SearchSubject.Addresses, reading.Subject);
        return reading.Addresses.Select(static address => address.Text);
    }

    private static SearchReading Read(string filter, QuestionOptions? options = null)
    {
        Assert.True(FilterText.TryParse(filter, FilterTextOptions.Tolerant, out var parsed, out var fault), fault);
        return QuestionReader.Read(parsed, options ?? Options);
    }
}
