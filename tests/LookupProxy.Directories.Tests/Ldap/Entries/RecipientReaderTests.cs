using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Entries;

public class RecipientReaderTests
{
    [Fact]
    public void A_mailbox_of_Active_Directory_is_read_whole()
    {
        var entry = ScriptedEntry.Create(
            "CN=Anna,OU=Staff,DC=contoso,DC=local",
            ("objectClass", "top"),
            ("objectClass", "person"),
            ("objectClass", "organizationalPerson"),
            ("objectClass", "user"),
            ("mail", "anna@shared.example"),
            ("proxyAddresses", "X500:/o=Contoso/cn=anna"),
            ("proxyAddresses", "smtp:a.smith@shared.example"),
            ("proxyAddresses", "SMTP:Anna@shared.example"),
            ("proxyAddresses", "sip:anna@contoso.example"),
            ("userAccountControl", "512"),
            ("msExchRequireAuthToSendTo", "TRUE"),
            ("telephoneNumber", "+1 555 0100"));

        var recipient = Reader("active-directory").Read(entry);

        Assert.Equal("contoso", recipient.Directory);
        Assert.Equal(RecipientKind.Mailbox, recipient.Kind);
        Assert.Equal("Anna@shared.example", recipient.PrimaryAddress);
        Assert.Equal("CN=Anna,OU=Staff,DC=contoso,DC=local", recipient.DistinguishedName);
        Assert.False(recipient.Disabled);
        Assert.True(recipient.AuthenticatedSendersOnly);
        Assert.Equal(["mail", "proxyAddresses"], recipient.Attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, recipient.Attributes["PROXYADDRESSES"].Length);
    }

    [Theory]
    [InlineData("active-directory", "contact,person,organizationalPerson,top", RecipientKind.Contact)]
    [InlineData("active-directory", "top,group", RecipientKind.Group)]
    [InlineData("active-directory", "top,msExchDynamicDistributionList", RecipientKind.Group)]
    [InlineData("active-directory", "top,publicFolder", RecipientKind.PublicFolder)]
    [InlineData("openldap", "inetOrgPerson,inetLocalMailRecipient", RecipientKind.Mailbox)]
    [InlineData("openldap", "NISMAILALIAS", RecipientKind.Alias)]
    [InlineData("zimbra", "zimbraDistributionList,zimbraMailRecipient", RecipientKind.Group)]
    [InlineData("domino", "dominoServerMailInDatabase", RecipientKind.Mailbox)]
    [InlineData("domino", "groupOfNames,dominoGroup", RecipientKind.Group)]
    [InlineData("qmail", "", RecipientKind.Mailbox)]
    public void The_kind_comes_from_the_object_classes(string schema, string classes, RecipientKind kind)
    {
        var entry = ScriptedEntry.Create("cn=x", [.. classes.Split(',').Select(name => ("objectClass", name))]);
        Assert.Equal(kind, Reader(schema).Read(entry).Kind);
    }

    [Theory]
    [InlineData("active-directory", "userAccountControl=514", true)]
    [InlineData("active-directory", "userAccountControl=66050", true)]
    [InlineData("active-directory", "userAccountControl=512", false)]
    [InlineData("active-directory", "userAccountControl=two", false)]
    [InlineData("active-directory", "", false)]
    [InlineData("active-directory", "userAccountControl=514;msExchRecipientTypeDetails=1", true)]
    [InlineData("active-directory", "userAccountControl=514;msExchRecipientTypeDetails=4", false)] // shared mailbox
    [InlineData("active-directory", "userAccountControl=514;msExchRecipientTypeDetails=16", false)] // room
    [InlineData("active-directory", "userAccountControl=514;msExchRecipientTypeDetails=34359738368", false)] // remote shared mailbox
    [InlineData("qmail", "accountStatus=active", false)]
    [InlineData("qmail", "accountStatus=noaccess", false)]
    [InlineData("qmail", "accountStatus=Disabled", true)]
    [InlineData("qmail", "accountStatus=deleted", true)]
    [InlineData("zimbra", "zimbraMailStatus=enabled;zimbraAccountStatus=active", false)]
    [InlineData("zimbra", "zimbraMailStatus=enabled;zimbraAccountStatus=maintenance", false)]
    [InlineData("zimbra", "zimbraMailStatus=disabled;zimbraAccountStatus=active", true)]
    [InlineData("zimbra", "zimbraAccountStatus=closed", true)]
    [InlineData("389ds", "nsAccountLock=TRUE", true)]
    [InlineData("389ds", "nsAccountLock=false", false)]
    [InlineData("openldap", "accountStatus=disabled", false)]
    public void Disabled_is_what_the_schema_says(string schema, string attributes, bool disabled)
    {
        var entry = ScriptedEntry.Create(
            "cn=x",
            [.. attributes.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))]);
        Assert.Equal(disabled, Reader(schema).Read(entry).Disabled);
    }

    [Fact]
    public void Without_capitals_the_first_mail_address_is_the_primary_one() =>
        Assert.Equal("a@x.example", Primary(("proxyAddresses", "X400:c=us"), ("proxyAddresses", "smtp:a@x.example"), ("proxyAddresses", "smtp:b@x.example")));

    [Fact]
    public void Without_proxy_addresses_mail_is_the_primary_one() => Assert.Equal("m@x.example", Primary(("mail", "m@x.example")));

    [Fact]
    public void An_entry_may_have_no_address() => Assert.Null(Primary());

    [Fact]
    public void Only_listed_attributes_leave_and_only_as_text()
    {
        var entry = new SearchResultEntry("cn=x", [new("jpegPhoto", [new byte[] { 0xFF, 0xD8 }]), new("userPassword", [new byte[] { 0x41 }]), new("cn", [new byte[] { 0x41 }])]);
        var recipient = new RecipientReader("contoso", Directory.Schema("openldap"), ["cn", "jpegPhoto"]).Read(entry);
        Assert.Equal("cn", Assert.Single(recipient.Attributes).Key);
    }

    /// <summary>OpenLDAP, asked for surname, answers with sn (RFC 4512 2.5).</summary>
    [Theory]
    [InlineData("sn", "Schmidt")]
    [InlineData("surname", "Schmidt")]
    [InlineData("SN", "Schmidt")]
    [InlineData("title", null)]
    public void An_attribute_that_is_answered_under_its_usual_name_is_read(string answered, string? expected)
    {
        var recipient = new RecipientReader("contoso", Directory.Schema("openldap"), ["surname"]).Read(ScriptedEntry.Create("cn=x", (answered, "Schmidt")));
        Assert.Equal(expected, recipient.Attributes.TryGetValue("surname", out var values) ? values[0] : null);
    }

    [Fact]
    public void What_is_not_needed_is_not_asked_for()
    {
        Assert.Equal(
            ["mail", "msExchRecipientTypeDetails", "msExchRequireAuthToSendTo", "objectClass", "proxyAddresses", "userAccountControl"],
            Reader("active-directory").Attributes.Distinct().Order(StringComparer.Ordinal));
    }

    private static string? Primary(params (string, string)[] attributes) => Reader("active-directory").Read(ScriptedEntry.Create("cn=x", attributes)).PrimaryAddress;

    private static RecipientReader Reader(string schema) => new("contoso", Directory.Schema(schema), ["mail", "proxyAddresses"]);
}
