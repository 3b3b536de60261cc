using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

public class ListedEntryReaderTests
{
    private const string Dn = "cn=somebody,dc=contoso";

    [Fact]
    public void A_mailbox_of_Active_Directory_has_its_smtp_addresses_the_primary_one_first()
    {
        var recipient = Read(
            "active-directory",
            ("objectClass", "user"),
            ("mail", "anna@shared.example"),
            ("proxyAddresses", "X500:/o=Contoso/cn=anna"),
            ("proxyAddresses", "smtp:a.smith@shared.example"),
            ("proxyAddresses", "SMTP:Anna@shared.example"),
            ("proxyAddresses", "sip:anna@contoso.example"),
            ("otherMailbox", "smtp:private@elsewhere.example"))!;

        Assert.Equal(["Anna@shared.example", "a.smith@shared.example"], recipient.Addresses.Select(address => address.Text));
        Assert.Empty(recipient.Domains);
        Assert.Equal("contoso", recipient.Recipient.Directory);
        Assert.Equal(Dn, recipient.Recipient.DistinguishedName);
        Assert.Equal("Anna@shared.example", recipient.Recipient.PrimaryAddress);
    }

    [Theory]
    [InlineData("active-directory", "mail", "x500 nonsense")]
    [InlineData("active-directory", "userPrincipalName", "anna@shared.example")]
    [InlineData("domino", "uid", "anna")]
    [InlineData("openldap", "cn", "anna@shared.example")]
    public void An_entry_without_an_address_is_no_recipient(string schema, string attribute, string value) =>
        Assert.Null(Read(schema, (attribute, value)));

    [Fact]
    public void An_address_written_in_Unicode_or_without_its_quotes_is_read()
    {
        var recipient = Read("openldap", ("mail", "jürgen@müller.example"), ("mailLocalAddress", "two words@shared.example"))!;

        Assert.Equal(["jürgen@xn--mller-kva.example", "two words@shared.example"], recipient.Addresses.Select(address => address.Text));
    }

    [Theory]
    [InlineData("zimbra", "zimbraMailCatchAllAddress", "@shared.example")]
    [InlineData("qmail", "mailAlternateAddress", "catchall@shared.example")]
    public void A_catch_all_has_a_domain(string schema, string attribute, string value)
    {
        var recipient = Read(schema, (attribute, value))!;

        Assert.Equal(["shared.example"], recipient.Domains);
    }

    [Theory]
    [InlineData("zimbra", "zimbraMailDeliveryAddress", "zimbraMailStatus", "disabled", true)]
    [InlineData("zimbra", "zimbraMailDeliveryAddress", "zimbraMailStatus", "enabled", false)]
    [InlineData("qmail", "mail", "accountStatus", "deleted", true)]
    [InlineData("active-directory", "mail", "userAccountControl", "514", false)]
    public void A_disabled_account_is_a_recipient_where_a_live_question_finds_it(string schema, string address, string attribute, string value, bool isLeftOut)
    {
        var recipient = Read(schema, (address, "anna@shared.example"), (attribute, value));

        Assert.Equal(isLeftOut, recipient is null);
        if (recipient is not null)
            Assert.Equal(value == "514", recipient.Recipient.Disabled);
    }

    [Fact]
    public void A_group_is_a_group() =>
        Assert.Equal(RecipientKind.Group, Read("active-directory", ("objectClass", "group"), ("mail", "all@shared.example"))!.Recipient.Kind);

    [Theory]
    [InlineData("active-directory", "(|(proxyAddresses=*)(mail=*))")]
    [InlineData("openldap", "(|(mail=*)(mailLocalAddress=*)(mailAlternateAddress=*))")]
    [InlineData("zimbra", "(|(zimbraMailDeliveryAddress=*)(zimbraMailAlias=*)(zimbraOldMailAddress=*)(zimbraMailCatchAllAddress=*))")]
    public void The_listing_asks_for_whoever_has_an_address(string schema, string filter)
    {
        var question = Question(Directory.Schema(schema), new LdapListingOptions());

        Assert.Equal(filter, LookupProxy.Ldap.Filters.FilterText.Format(question.Filter));
        Assert.Contains("objectGUID", question.Attributes);
        Assert.Contains("mail", question.Attributes);
    }

    [Fact]
    public void The_schemas_conditions_are_kept_and_the_operators_filter_goes_before_them()
    {
        var schema = Directory.Schema("openldap") with { Filter = "(&(objectClass=person)(!(status=off))(|(mail={address})(uid={local})))" };

        Assert.Equal("(&(objectClass=person)(!(status=off))(|(mail=*)(uid=*)))", LookupProxy.Ldap.Filters.FilterText.Format(Question(schema, new LdapListingOptions()).Filter));
        Assert.Equal("(mail=*)", LookupProxy.Ldap.Filters.FilterText.Format(Question(schema, new LdapListingOptions { Filter = "(mail=*)" }).Filter));
        Assert.Throws<ArgumentException>(() => Question(schema, new LdapListingOptions { Filter = "(mail=*" }));
    }

    private static ListingQuestion Question(LdapSchema schema, LdapListingOptions options) => new(options, Template(schema), ["objectClass", "mail"]);

    private static ListedRecipient? Read(string schemaName, params (string Name, string Value)[] attributes)
    {
        var schema = Directory.Schema(schemaName);
        return new ListedEntryReader(schema, new RecipientReader("contoso", schema, ["mail"]), Template(schema).Asserted).Read(ScriptedEntry.Create(Dn, attributes), "1");
    }

    private static FilterTemplate Template(LdapSchema schema)
    {
        Assert.True(FilterTemplate.TryParse(schema.Filter, out var template, out _));
        return template;
    }
}
