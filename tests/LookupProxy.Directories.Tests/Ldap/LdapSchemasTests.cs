using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

public class LdapSchemasTests
{
    [Fact]
    public void Presets_are_found_by_name_without_case()
    {
        Assert.Equal(["active-directory", "openldap", "389ds", "zimbra", "domino", "qmail", "postfix"], LdapSchemas.Names);
        Assert.True(LdapSchemas.TryGet("Active-Directory", out var schema));
        Assert.Equal("active-directory", schema.Name);
        Assert.False(LdapSchemas.TryGet("exchange", out _));
    }

    [Fact]
    public void Every_preset_passes_the_check() =>
        Assert.All(LdapSchemas.All, schema =>
        {
            Assert.Null(LdapOptionsCheck.FilterFault(schema.Filter));
            Assert.Null(LdapOptionsCheck.AttributeFault(schema.PrimaryAddressAttribute));
        });

    [Theory]
    [InlineData("active-directory", "objectClass=user;mail=anna@shared.example;proxyAddresses=SMTP:anna@shared.example;proxyAddresses=smtp:a.smith@shared.example")]
    [InlineData("active-directory", "objectClass=contact;proxyAddresses=SMTP:anna@partner.example;proxyAddresses=smtp:Anna@Shared.Example;proxyAddresses=smtp:a.smith@shared.example;targetAddress=SMTP:anna@partner.example")]
    [InlineData("active-directory", "objectClass=group;proxyAddresses=SMTP:ANNA@shared.example;proxyAddresses=smtp:a.smith@shared.example")]
    [InlineData("active-directory", "objectClass=publicFolder;mail=a.smith@shared.example;proxyAddresses=smtp:anna@shared.example")]
    [InlineData("active-directory", "objectClass=user;userAccountControl=514;proxyAddresses=smtp:anna@shared.example;mail=A.Smith@shared.example")]
    [InlineData("openldap", "objectClass=inetOrgPerson;mail=anna@shared.example;mailAlternateAddress=a.smith@shared.example")]
    [InlineData("openldap", "objectClass=inetLocalMailRecipient;mailLocalAddress=anna@shared.example;mailLocalAddress=a.smith@shared.example;mailHost=unix.example")]
    [InlineData("389ds", "objectClass=mailRecipient;mail=anna@shared.example;mailAlternateAddress=a.smith@shared.example")]
    [InlineData("zimbra", "objectClass=zimbraAccount;zimbraMailDeliveryAddress=anna@shared.example;zimbraMailAlias=a.smith@shared.example;zimbraMailStatus=enabled;zimbraAccountStatus=active")]
    [InlineData("zimbra", "objectClass=zimbraDistributionList;zimbraMailAlias=anna@shared.example;zimbraMailAlias=a.smith@shared.example;zimbraMailStatus=enabled")]
    [InlineData("domino", "objectClass=dominoPerson;mail=anna@shared.example;ShortName=a.smith;FullName=CN=Anna Smith/O=Contoso")]
    [InlineData("domino", "objectClass=dominoPerson;InternetAddress=a.smith@shared.example;uid=anna")]
    [InlineData("qmail", "objectClass=qmailUser;mail=anna@shared.example;mailAlternateAddress=a.smith@shared.example;accountStatus=noaccess")]
    [InlineData("postfix", "mailacceptinggeneralid=anna@shared.example;mailacceptinggeneralid=a.smith@shared.example;maildrop=anna")]
    public async Task A_preset_finds_what_its_product_delivers(string schema, string entry)
    {
        Assert.IsType<Answer.Exists>(await AskAsync(schema, entry, "anna@shared.example"));
        Assert.IsType<Answer.Exists>(await AskAsync(schema, entry, "a.smith@shared.example"));
        Assert.IsType<Answer.Absent>(await AskAsync(schema, entry, "nobody@shared.example"));
        Assert.IsType<Answer.Absent>(await AskAsync(schema, entry, "*@shared.example"));
    }

    [Theory]
    [InlineData("zimbra", "zimbraMailDeliveryAddress=anna@shared.example;zimbraMailStatus=disabled")]
    [InlineData("zimbra", "zimbraMailDeliveryAddress=anna@shared.example;zimbraMailStatus=enabled;zimbraAccountStatus=closed")]
    [InlineData("qmail", "mail=anna@shared.example;accountStatus=disabled")]
    public async Task What_the_product_itself_bounces_is_absent_by_default(string schema, string entry)
    {
        Assert.IsType<Answer.Absent>(await AskAsync(schema, entry, "anna@shared.example"));
        var answer = await AskAsync(Directory.Schema(schema) with { DisabledExists = true }, entry, "anna@shared.example");
        Assert.True(Assert.IsType<Answer.Exists>(answer).Recipient.Disabled);
    }

    [Theory]
    [InlineData("zimbra", "zimbraMailDeliveryAddress=admin@shared.example;zimbraMailCatchAllAddress=@shared.example")]
    [InlineData("qmail", "mail=admin@shared.example;mailAlternateAddress=catchall@shared.example")]
    public async Task Catch_alls_of_the_product_are_heeded(string schema, string entry)
    {
        Assert.IsType<Answer.Exists>(await AskAsync(schema, entry, "whoever@shared.example"));
        Assert.IsType<Answer.Absent>(await AskAsync(schema, entry, "whoever@other.example"));
    }

    private static Task<Answer> AskAsync(string schema, string entry, string address) => AskAsync(Directory.Schema(schema), entry, address);

    private static Task<Answer> AskAsync(LdapSchema schema, string entry, string address)
    {
        var attributes = entry.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1])).ToArray();
        return Directory.Server(schema, new FakeSearcher(Directory.Entries("cn=x," + Directory.Base, attributes))).AskAsync(address);
    }
}
