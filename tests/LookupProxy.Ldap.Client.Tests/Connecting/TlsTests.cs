using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public sealed class TlsTests : IDisposable
{
    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public async Task A_certificate_of_our_authority_for_the_address_is_accepted()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();

        (await Trusting(server).AskOnceAsync()).MustBeAnna();

        Assert.All(server.Ledger.Requests, request => Assert.True(request.OverTls));
    }

    [Fact]
    public async Task A_host_name_is_looked_for_in_the_certificate()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("localhost")).Start();
        var options = Trusting(server) with { Uri = new Uri($"ldaps://localhost:{server.Port}") };

        (await options.AskOnceAsync()).MustBeAnna();
    }

    [Fact]
    public async Task Another_name_to_look_for_can_be_given()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("dc1.contoso.example")).Start();
        var options = Trusting(server);

        (await (options with { Tls = options.Tls with { ServerName = "dc1.contoso.example" } }).AskOnceAsync()).MustBeAnna();
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("dc9.contoso.example", "127.0.0.9")).Start();

        var fault = (await Trusting(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.Equal($"TLS handshake with 127.0.0.1:{server.Port} failed: certificate is for dc9.contoso.example, 127.0.0.9, not for 127.0.0.1", fault.Detail);
        Assert.Empty(server.Ledger.Requests);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_and_the_day_named()
    {
        var expired = _pki.ExpiredServer("127.0.0.1");
        await using var server = Clients.Server().WithTls(expired).Start();

        var fault = (await Trusting(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.Contains($"expired {expired.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var others = new TestPki("Another authority");
        await using var server = Clients.Server().WithTls(others.Server("127.0.0.1")).Start();

        var fault = (await Trusting(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.Contains(
            $"is not from an authority in {_pki.AuthorityFile}: CN=Another authority, which issued it, is neither there nor sent along by the server", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_authority_of_our_own_the_systems_are_trusted_and_this_one_is_not()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();

        var fault = (await server.Options().AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.Contains("the system's store", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_servers_is_refused()
    {
        await using var server = Clients.Server().WithTls(_pki.Client("127.0.0.1")).Start();

        (await Trusting(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);
    }

    [Fact]
    public async Task A_laboratory_can_go_without_verification()
    {
        await using var server = Clients.Server().WithTls(_pki.ExpiredServer("elsewhere")).Start();
        var options = server.Options();

        (await (options with { Tls = options.Tls with { Verify = false } }).AskOnceAsync()).MustBeAnna();
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_useless_authority_file_is_a_fault_that_names_it(string text)
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();
        var options = server.Options() with { Tls = new LdapTlsOptions { CaFile = _pki.WriteText("useless.pem", text) } };

        Assert.Contains("useless.pem", (await options.AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_authority_file_is_a_fault_that_names_it()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();
        var options = server.Options() with { Tls = new LdapTlsOptions { CaFile = "/nowhere/ca.pem" } };

        Assert.Contains("/nowhere/ca.pem", (await options.AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_authority_file_is_used_by_the_next_connection()
    {
        using var others = new TestPki("The authority until yesterday");
        var caFile = _pki.WriteText("changing.pem", await File.ReadAllTextAsync(others.AuthorityFile));
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();
        await using var client = (server.Options() with { Tls = new LdapTlsOptions { CaFile = caFile }, Backoff = TimeSpan.Zero }).Client();
        (await client.AskAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        _pki.WriteText("changing.pem", await File.ReadAllTextAsync(_pki.AuthorityFile));

        (await client.AskAsync()).MustBeAnna();
    }

    [Fact]
    public async Task The_client_certificate_says_who_we_are()
    {
        var certificate = _pki.Client("lookupproxy");
        string? boundAs = null;
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1"), _pki.Authority).OnSearch(exchange =>
        {
            boundAs = exchange.Connection.BoundAs;
            return LdapScripts.Answer(exchange);
        }).Start();
        var options = server.Options() with
        {
            Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile, CertificateFile = certificate.CertificateFile, KeyFile = certificate.KeyFile },
            Bind = new LdapBindOptions { Method = LdapBindMethod.External },
        };

        (await options.AskOnceAsync()).MustBeAnna();

        Assert.Equal("CN=lookupproxy", boundAs);
    }

    [Theory]
    [InlineData(LdapBindMethod.Anonymous)]
    [InlineData(LdapBindMethod.External)]
    public async Task A_server_that_wants_a_client_certificate_lets_no_one_in_without(LdapBindMethod method)
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1"), _pki.Authority).Start();

        var outcome = await (Trusting(server) with { Bind = new LdapBindOptions { Method = method } }).AskOnceAsync();

        Assert.NotNull(outcome.Fault);
        Assert.Contains(outcome.Fault.Kind, (LdapFaultKind[])[LdapFaultKind.TlsFailed, LdapFaultKind.ConnectionLost]);
        Assert.Empty(server.Ledger.Requests);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_a_fault_that_names_it()
    {
        await using var server = Clients.Server().WithTls(_pki.Server("127.0.0.1")).Start();
        var options = server.Options() with
        {
            Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile, CertificateFile = _pki.Client("x").CertificateFile, KeyFile = _pki.WriteText("bad.key", "no key") },
        };

        Assert.Contains("bad.key", (await options.AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_on_an_ldaps_port_is_a_fault()
    {
        await using var server = Clients.Server().OnConnect(async connection => await connection.SendBytesAsync("0 nothing like TLS\r\n"u8.ToArray())).Start();

        (await (server.Options() with { Uri = new Uri($"ldaps://127.0.0.1:{server.Port}") }).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);
    }

    [Fact]
    public async Task StartTls_goes_before_bind_and_search()
    {
        await using var server = Clients.Server().WithStartTls(_pki.Server("127.0.0.1")).WithAccount("cn=svc", "secret").Start();

        (await StartTls(server).AskOnceAsync()).MustBeAnna();

        Assert.Collection(
            server.Ledger.Requests.Take(3),
            request => Assert.True(request is { OverTls: false, Message.Operation: ExtendedRequest { Oid: ScriptedLdapServer.StartTlsOid } }),
            request => Assert.True(request is { OverTls: true, Message.Operation: BindRequest }),
            request => Assert.True(request is { OverTls: true, Message.Operation: SearchRequest }));
    }

    [Fact]
    public async Task When_StartTls_is_refused_nothing_goes_out_in_clear()
    {
        await using var server = Clients.Server().OnStartTls(LdapScripts.ExtendedResult(ResultCode.ProtocolError, "no TLS here")).Start();

        var fault = (await StartTls(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.Equal($"StartTLS with 127.0.0.1:{server.Port} refused: protocolError (2): no TLS here", fault.Detail);
        Assert.IsType<ExtendedRequest>(Assert.Single(server.Ledger.Requests).Message.Operation);
    }

    [Fact]
    public async Task When_the_certificate_is_wrong_after_StartTls_nothing_goes_out()
    {
        await using var server = Clients.Server().WithStartTls(_pki.Server("elsewhere")).Start();

        (await StartTls(server).AskOnceAsync()).MustBeFault(LdapFaultKind.TlsFailed);

        Assert.IsType<ExtendedRequest>(Assert.Single(server.Ledger.Requests).Message.Operation);
    }

    [Fact]
    public async Task Bytes_injected_behind_the_StartTls_response_are_a_fault()
    {
        await using var server = Clients.Server()
            .WithStartTls(_pki.Server("127.0.0.1"))
            .InjectAfterStartTls([0x30, 0x0c, 0x02, 0x01, 0x02, 0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
            .Start();

        (await StartTls(server).AskOnceAsync()).MustBeFault(LdapFaultKind.ProtocolError);

        Assert.IsType<ExtendedRequest>(Assert.Single(server.Ledger.Requests).Message.Operation);
    }

    private LdapServerOptions Trusting(ScriptedLdapServer server) => server.Options() with { Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile } };

    private LdapServerOptions StartTls(ScriptedLdapServer server) => server.Options() with
    {
        Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile, StartTls = true },
        Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" },
    };
}
