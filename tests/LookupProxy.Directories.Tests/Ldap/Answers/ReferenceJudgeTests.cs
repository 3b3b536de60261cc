using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Answers;

namespace LookupProxy.Directories.Tests.Ldap.Answers;

public class ReferenceJudgeTests
{
    private const string Root = "DC=contoso,DC=local";

    [Theory]
    [InlineData(Root, "ldap://contoso.local/CN=Configuration,DC=contoso,DC=local")]
    [InlineData(Root, "ldaps://contoso.local/CN=Configuration,DC=contoso,DC=local")]
    [InlineData(Root, "ldap://DomainDnsZones.contoso.local/DC=DomainDnsZones,DC=contoso,DC=local")]
    [InlineData(Root, "ldap://ForestDnsZones.contoso.local/DC=ForestDnsZones,DC=contoso,DC=local??base")]
    [InlineData(Root, "ldap://contoso.local/CN=Schema,CN=Configuration,DC=contoso,DC=local")]
    [InlineData("dc=Contoso, dc=LOCAL", "LDAP://contoso.local/cn=configuration,%20dc=contoso,dc=local")]
    [InlineData("OU=Staff,DC=contoso,DC=local", "ldap://contoso.local/CN=Configuration,DC=contoso,DC=local")]
    [InlineData("DC=child,DC=contoso,DC=local", "ldap://contoso.local/CN=Configuration,DC=contoso,DC=local")]
    [InlineData(Root, "ldap://DomainDnsZones.child.contoso.local/DC=DomainDnsZones,DC=child,DC=contoso,DC=local")]
    [InlineData("", "ldap://contoso.local/DC=DomainDnsZones,DC=contoso,DC=local")]
    public void Active_Directory_s_own_partitions_do_not_count(string baseDn, string reference) =>
        Assert.Null(ActiveDirectory().FirstThatCounts([reference], baseDn));

    [Theory]
    [InlineData("ldap://child.contoso.local/DC=child,DC=contoso,DC=local")]
    [InlineData("ldap://x/DC=DomainDnsZones")]
    [InlineData("ldap://x/DC=DomainDnsZones,DC=fabrikam,DC=local")]
    [InlineData("ldap://x/CN=Configuration,OU=Staff,DC=contoso,DC=local")]
    [InlineData("ldap://x/OU=Configuration,DC=contoso,DC=local")]
    [InlineData("ldap://x/CN=Configuration\\,DC=contoso,DC=local")]
    [InlineData("ldap://x/OU=Unix,DC=contoso,DC=local")]
    [InlineData("ldap://DomainDnsZones.contoso.local/")]
    [InlineData("ldap://DomainDnsZones.contoso.local")]
    [InlineData("http://x/CN=Configuration,DC=contoso,DC=local")]
    [InlineData("CN=Configuration,DC=contoso,DC=local")]
    [InlineData("ldap://x/%")]
    [InlineData("")]
    public void Any_other_reference_counts(string reference) =>
        Assert.Equal(reference, ActiveDirectory().FirstThatCounts(["ldap://contoso.local/CN=Configuration,DC=contoso,DC=local", reference], Root));

    [Fact]
    public void A_base_without_a_domain_has_no_partitions() =>
        Assert.NotNull(ActiveDirectory().FirstThatCounts(["ldap://x/CN=Configuration,DC=contoso,DC=local"], "o=contoso"));

    [Fact]
    public void Outside_Active_Directory_the_names_mean_nothing() =>
        Assert.NotNull(new ReferenceJudge(ReferencesPolicy.Unknown, false).FirstThatCounts(["ldap://contoso.local/CN=Configuration,DC=contoso,DC=local"], Root));

    [Fact]
    public void None_counts_where_the_operator_says_so() =>
        Assert.Null(new ReferenceJudge(ReferencesPolicy.Ignore, true).FirstThatCounts(["ldap://child.contoso.local/DC=child,DC=contoso,DC=local"], Root));

    private static ReferenceJudge ActiveDirectory() => new(ReferencesPolicy.Unknown, true);
}
