namespace LookupProxy.Host.Tests.Configuration;

public sealed class EnvironmentTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData("LOOKUPPROXY__cache__exists")]
    [InlineData("LOOKUPPROXY__CACHE__EXISTS")]
    [InlineData("lookupproxy__Cache__Exists")]
    public void A_variable_overrides_a_setting_in_any_case(string variable)
    {
        _text.Environment[variable] = "30m";

        Assert.Equal(TimeSpan.FromMinutes(30), _text.Valid(ConfigurationText.Minimal).Resolver.Cache.Exists);
        Assert.Equal(TimeSpan.FromMinutes(30), _text.Valid(ConfigurationText.Minimal + "cache: { exists: 2h }").Resolver.Cache.Exists);
    }

    [Fact]
    public void A_variable_of_another_program_changes_nothing()
    {
        _text.Environment["LOOKUPPROXY_CONFIG"] = "elsewhere.yaml";
        _text.Environment["LOOKUPPROXY__"] = "nothing";
        _text.Environment["cache__exists"] = "nonsense";

        _text.Valid(ConfigurationText.Minimal);
    }

    [Fact]
    public void A_list_is_given_with_commas_or_by_index()
    {
        _text.Environment["LOOKUPPROXY__NAMESPACES__SHARED__DOMAINS"] = "a.example, b.example";
        _text.Environment["LOOKUPPROXY__ENDPOINTS__HTTP__LISTEN__0"] = "127.0.0.1:1";
        _text.Environment["LOOKUPPROXY__ENDPOINTS__HTTP__LISTEN__1"] = "127.0.0.1:2";

        var configuration = _text.Valid(ConfigurationText.Minimal);

        Assert.Equal(["a.example", "b.example"], configuration.Resolver.Namespaces[0].Domains);
        Assert.Equal(["127.0.0.1:1", "127.0.0.1:2"], configuration.Http!.Listeners.Select(static listener => listener.Address.ToString()));
    }

    [Fact]
    public void An_element_joins_one_that_was_written_without_a_list()
    {
        _text.Environment["LOOKUPPROXY__ENDPOINTS__HTTP__LISTEN__1"] = "127.0.0.1:2";

        Assert.Equal(["127.0.0.1:10080", "127.0.0.1:2"], _text.Valid(ConfigurationText.Minimal).Http!.Listeners.Select(static listener => listener.Address.ToString()));
    }

    [Fact]
    public void A_base_DN_keeps_its_commas()
    {
        _text.Environment["LOOKUPPROXY__DIRECTORIES__LDAP__TYPE"] = "ldap";
        _text.Environment["LOOKUPPROXY__DIRECTORIES__LDAP__SCHEMA"] = "openldap";
        _text.Environment["LOOKUPPROXY__DIRECTORIES__LDAP__SERVERS"] = "ldaps://one.example,ldaps://two.example";
        _text.Environment["LOOKUPPROXY__DIRECTORIES__LDAP__BASEDN"] = "ou=people,dc=example";
        _text.Environment["LOOKUPPROXY__NAMESPACES__SHARED__DIRECTORIES__1"] = "LDAP";

        var configuration = _text.Valid(ConfigurationText.Minimal);

        var ldap = Assert.Single(configuration.Directories.OfType<Host.Configuration.Model.DirectorySettings.Ldap>());
        Assert.Equal(["ou=people,dc=example"], ldap.Options.BaseDns);
        Assert.Equal(2, ldap.Options.Servers.Length);
        Assert.Equal(["contoso", "LDAP"], configuration.Resolver.Namespaces[0].Directories);
    }

    [Fact]
    public void A_fault_names_the_variable()
    {
        _text.Environment["LOOKUPPROXY__cache__exsts"] = "30m";
        _text.Environment["LOOKUPPROXY__lookup__deadline"] = "soon";

        Assert.Equal(
            [
                "environment variable LOOKUPPROXY__cache__exsts: error: cache.exsts: unknown key; did you mean \"exists\"?",
                "environment variable LOOKUPPROXY__lookup__deadline: error: lookup.deadline: not a duration (500ms, 4s, 2m, 1h, 7d); found \"soon\"; allowed: 100ms to 1m",
            ],
            _text.Faults(ConfigurationText.Minimal));
    }

    [Fact]
    public void A_secret_in_a_variable_is_not_repeated()
    {
        _text.Environment["LOOKUPPROXY__endpoints__http__adminTokenFile"] = "hunter2";
        _text.Environment["LOOKUPPROXY__endpoints__http__adminToken"] = "hunter2";

        Assert.DoesNotContain(_text.Faults(ConfigurationText.Minimal), static fault => fault.Contains("hunter2", StringComparison.Ordinal));
        Assert.NotEmpty(_text.Faults(ConfigurationText.Minimal));
    }
}
