using System.Text;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Ldap.Client.Tests.Slapd;

/// <summary>The client against a server that others wrote.</summary>
public sealed class SlapdTests : IAsyncLifetime
{
    private readonly TestPki _pki = new();
    private SlapdProcess? _slapd;

    public async ValueTask InitializeAsync() => _slapd = await SlapdProcess.StartAsync(_pki);

    public async ValueTask DisposeAsync()
    {
        if (_slapd is not null)
            await _slapd.DisposeAsync();
        _pki.Dispose();
    }

    [Theory]
    [InlineData("clear")]
    [InlineData("StartTLS")]
    [InlineData("TLS")]
    public async Task People_are_found_and_others_are_not(string security)
    {
        await using var client = Options(security).Client();

        var searches = Enumerable.Range(0, 200).Select(i => client.AskAsync($"u{i % 40}@shared.example")).ToArray();

        for (var i = 0; i < searches.Length; i++)
        {
            var outcome = await searches[i];
            Assert.Null(outcome.Fault);
            Assert.Equal(ResultCode.Success, outcome.Result!.Code);
            Assert.Equal(i % 40 < 20 ? [$"uid=u{i % 40},dc=contoso"] : [], outcome.Entries.Select(entry => entry.ObjectName));
        }
    }

    [Fact]
    public async Task The_client_certificate_binds()
    {
        var certificate = _pki.Client("lookupproxy");
        var options = Options("TLS") with { Bind = new LdapBindOptions { Method = LdapBindMethod.External } };
        options = options with { Tls = options.Tls with { CertificateFile = certificate.CertificateFile, KeyFile = certificate.KeyFile } };
        await using var client = options.Client();

        Assert.Single((await client.AskAsync("u1@shared.example")).Entries);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var options = Options("clear");
        options = options with { Bind = options.Bind with { ReadPassword = () => "wrong" } };
        await using var client = options.Client();

        Assert.Equal(ResultCode.InvalidCredentials, (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused).Code);
    }

    [Fact]
    public async Task The_servers_size_limit_keeps_what_was_found()
    {
        await using var client = Options("clear").Client();
        var everybody = new SearchRequest("dc=contoso", SearchScope.WholeSubtree, new LdapFilter.Equality("sn", Encoding.UTF8.GetBytes("all")));

        var outcome = await client.SearchAsync(everybody, CancellationToken.None);

        Assert.Equal(ResultCode.SizeLimitExceeded, outcome.Result!.Code);
        Assert.Equal(5, outcome.Entries.Length);
    }

    [Fact]
    public async Task An_absent_base_is_told_with_what_was_matched()
    {
        await using var client = Options("clear").Client();

        var outcome = await client.SearchAsync(Clients.Ask() with { BaseObject = "ou=nowhere,dc=contoso" }, CancellationToken.None);

        Assert.Equal(ResultCode.NoSuchObject, outcome.Result!.Code);
        Assert.Equal("dc=contoso", outcome.Result.MatchedDn);
    }

    private LdapServerOptions Options(string security) => new()
    {
        Uri = security == "TLS" ? _slapd!.TlsUri : _slapd!.Uri,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile, StartTls = security == "StartTLS" },
        Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = SlapdProcess.ServiceDn, ReadPassword = () => SlapdProcess.Password },
    };
}
