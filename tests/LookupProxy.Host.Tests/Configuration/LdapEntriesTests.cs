using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Tests.Configuration;

public sealed class LdapEntriesTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Entries_are_as_configured_and_know_what_each_directory_is_asked_for()
    {
        var entries = _text.Valid(
            """
            directories:
              contoso: { type: file, path: lookupproxy.yaml, format: list, attributes: [mail, department] }
              litware: { type: file, path: lookupproxy.yaml, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, litware] }
            endpoints:
              ldap:
                listen: "127.0.0.1:10389"
                anonymous: true
                entries:
                  objectClasses: mailUser
                  attributes: [{ name: owner, from: lookupProxyDirectory }, { name: branch, from: department }, { name: site, value: north }]
                  allowed: [mail, owner, branch, site]
            """).Ldap!.Options.Entries;

        Assert.Equal(["mailUser"], entries.ObjectClasses);
        Assert.Equal<AttributeMapping>([new("owner", null, "lookupProxyDirectory"), new("branch", null, "department"), new("site", "north")], entries.Attributes);
        Assert.Equal(["mail", "owner", "branch", "site"], entries.Allowed!.Value);
        Assert.Equal(["mail", "department"], entries.Published!["contoso"]);
        Assert.Equal(["mail", "proxyAddresses"], entries.Published["litware"]);
    }

    [Fact]
    public void An_attribute_that_is_named_twice_is_published_once()
    {
        var file = Assert.IsType<DirectorySettings.File>(Assert.Single(_text.Valid(
            ConfigurationText.Minimal.Replace("format: list", "format: list, attributes: [mail, department, Department, mail]", StringComparison.Ordinal)).Directories));
        Assert.Equal(["mail", "department"], file.Options.PublishedAttributes);
    }
}
