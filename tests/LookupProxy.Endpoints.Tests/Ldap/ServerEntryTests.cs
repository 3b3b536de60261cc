using System.Text;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

public sealed class ServerEntryTests
{
    private readonly LdapFixture _fixture = new() { Options = new LdapOptions { Accounts = [LdapFixture.Gateway()] } };

    [Fact]
    public async Task Everybody_may_read_the_root_DSE()
    {
        var root = await ReadAsync(_fixture, "");

        Assert.Equal("o=lookupproxy", Value(root, "namingContexts"));
        Assert.Equal("3", Value(root, "supportedLDAPVersion"));
        Assert.Equal("cn=subschema", Value(root, "subschemaSubentry"));
        Assert.Contains(Oids.PagedResults, Values(root, "supportedControl"));
        Assert.Contains(Oids.WhoAmI, Values(root, "supportedExtension"));
        Assert.DoesNotContain(Oids.StartTls, Values(root, "supportedExtension"));
        Assert.DoesNotContain(root.Attributes, static attribute => attribute.Description is "defaultNamingContext" or "supportedSASLMechanisms");
    }

    [Fact]
    public async Task With_the_flavour_of_Active_Directory_it_looks_like_one()
    {
        var root = await ReadAsync(new LdapFixture { Options = new LdapOptions { Suffix = "dc=corp,dc=example", Flavour = LdapFlavour.ActiveDirectory } }, "");

        Assert.Equal("dc=corp,dc=example", Value(root, "defaultNamingContext"));
        Assert.Contains(Oids.ActiveDirectory, Values(root, "supportedCapabilities"));
    }

    [Theory]
    [InlineData(new string[0], true, true)]
    [InlineData(new[] { "*" }, true, true)]
    [InlineData(new[] { "+" }, false, true)]
    [InlineData(new[] { "NAMINGCONTEXTS" }, false, true)]
    [InlineData(new[] { "1.1" }, false, false)]
    [InlineData(new[] { "mail" }, false, false)]
    public async Task Only_what_was_asked_is_told(string[] asked, bool hasObjectClass, bool hasContexts)
    {
        var root = await ReadAsync(_fixture, "", asked);

        Assert.Equal(hasObjectClass, root.Attributes.Any(static attribute => attribute.Description == "objectClass"));
        Assert.Equal(hasContexts, root.Attributes.Any(static attribute => attribute.Description == "namingContexts"));
    }

    [Fact]
    public async Task The_suffix_and_the_schema_are_for_those_who_may_search()
    {
        foreach (var name in new[] { "O=LookupProxy", "cn=subschema" })
        {
            Assert.Equal(ResultCode.StrongerAuthRequired, (await _fixture.Connect().SearchAsync(LdapClient.Search("(objectClass=*)", name, SearchScope.BaseObject))).Result.Code);
            Assert.Contains("top", Values(await ReadAsync(new LdapFixture(), name), "objectClass"));
        }
    }

    [Fact]
    public async Task The_schema_is_served_where_the_root_DSE_says()
    {
        var fixture = new LdapFixture();
        var schema = await ReadAsync(fixture, Value(await ReadAsync(fixture, "", "subschemaSubentry"), "subschemaSubentry"), "*", "+");

        Assert.Equal(["top", "subentry", "subschema"], Values(schema, "objectClass"));
        Assert.Contains(Values(schema, "attributeTypes"), static text => text.Contains("'proxyAddresses'", StringComparison.Ordinal));
        Assert.Contains(Values(schema, "objectClasses"), static text => text.Contains("'inetOrgPerson'", StringComparison.Ordinal));
        Assert.Contains(Values(schema, "matchingRules"), static text => text.Contains("'integerBitAndMatch'", StringComparison.Ordinal));
        Assert.Equal(3, Values(schema, "ldapSyntaxes").Length);
    }

    /// <summary>RFC 4512 4.4: as clients of OpenLDAP and of JNDI ask for it.</summary>
    [Theory]
    [InlineData("(objectClass=subschema)")]
    [InlineData("(|(objectClass=subschema)(objectClass=ldapSubentry))")]
    public async Task The_schema_is_found_by_its_class_and_given_by_the_name_of_each_part(string filter)
    {
        var (entries, result) = await new LdapFixture().Connect().SearchAsync(
            LdapClient.Search(filter, "cn=Subschema", SearchScope.BaseObject, "attributeTypes"));

        Assert.Equal(ResultCode.Success, result.Code);
        Assert.Equal("attributeTypes", Assert.Single(Assert.Single(entries).Attributes).Description);
    }

    private static async Task<SearchResultEntry> ReadAsync(LdapFixture fixture, string name, params string[] attributes)
    {
        var (entries, result) = await fixture.Connect().SearchAsync(LdapClient.Search("(objectClass=*)", name, SearchScope.BaseObject, attributes));
        Assert.Equal(ResultCode.Success, result.Code);
        return Assert.Single(entries);
    }

    private static string Value(SearchResultEntry entry, string name) => Assert.Single(Values(entry, name));

    private static string[] Values(SearchResultEntry entry, string name) =>
        [.. entry.Attributes.Where(attribute => attribute.Description == name).SelectMany(static attribute => attribute.Values).Select(static value => Encoding.UTF8.GetString(value.Span))];
}
