using System.Text;
using LookupProxy.Ldap.Client.Pool;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public sealed class CredentialBinderTests : IDisposable
{
    private const string Name = "uid=anna,dc=contoso";

    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public async Task The_right_password_is_accepted_and_the_connection_closed()
    {
        await using var server = Secure().Start();

        Assert.Null(await BindAsync(Trusting(server), "geheim"));

        var request = Assert.Single(server.Ledger.Requests);
        Assert.True(request.OverTls);
        Assert.Equal(Name, Assert.IsType<BindRequest>(request.Message.Operation).Name);
    }

    [Fact]
    public async Task A_wrong_one_is_the_servers_word_with_its_code_and_without_the_password()
    {
        await using var server = Secure().Start();

        var fault = await BindAsync(Trusting(server), "hunter2");

        Assert.Equal(LdapFaultKind.BindRefused, fault!.Kind);
        Assert.Equal(ResultCode.InvalidCredentials, fault.Code);
        Assert.DoesNotContain("hunter2", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        await using var server = Secure().Start();
        await using var client = Trusting(server).Client();

        Assert.NotNull(await BindAsync(client, "wrong"));
        Assert.NotNull(await BindAsync(client, "wrong"));
        Assert.Null(await BindAsync(client, "geheim"));

        Assert.Equal(3, server.Ledger.Binds);
    }

    [Fact]
    public async Task Without_TLS_nothing_is_sent()
    {
        await using var server = Clients.Server().WithAccount(Name, "geheim").Start();

        Assert.Equal(LdapFaultKind.TlsFailed, (await BindAsync(server.Options(), "geheim"))!.Kind);

        Assert.Equal(0, server.Ledger.Binds);
    }

    [Fact]
    public async Task StartTls_is_TLS()
    {
        await using var server = Clients.Server().WithAccount(Name, "geheim").WithStartTls(_pki.Server("127.0.0.1")).Start();
        var options = Trusting(server);

        Assert.Null(await BindAsync(options with { Tls = options.Tls with { StartTls = true } }, "geheim"));

        Assert.All(server.Ledger.Requests.Where(static request => request.Message.Operation is BindRequest), static request => Assert.True(request.OverTls));
    }

    [Fact]
    public async Task A_server_of_another_authority_gets_no_password()
    {
        using var other = new TestPki("Another authority");
        await using var server = Clients.Server().WithAccount(Name, "geheim").WithTls(other.Server("127.0.0.1")).Start();

        Assert.Equal(LdapFaultKind.TlsFailed, (await BindAsync(Trusting(server), "geheim"))!.Kind);

        Assert.Equal(0, server.Ledger.Binds);
    }

    [Theory]
    [InlineData("", "geheim")]
    [InlineData(Name, "")]
    public async Task A_bind_that_would_be_anonymous_is_not_sent(string name, string password)
    {
        await using var server = Secure().Start();
        await using var client = Trusting(server).Client();

        Assert.NotNull(await client.BindAsync(name, Encoding.UTF8.GetBytes(password), TestContext.Current.CancellationToken));

        Assert.Equal(0, server.Ledger.Binds);
    }

    [Fact]
    public async Task A_server_that_is_away_is_unreachable_and_one_that_hangs_is_late()
    {
        var server = Secure().Start();
        await using (server)
        {
            server.OnBind(LdapScripts.Hang);
            Assert.Equal(LdapFaultKind.ConnectTimeout, (await BindAsync(Trusting(server) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) }, "geheim"))!.Kind);
            server.OnBind(LdapScripts.Reset);
            Assert.Equal(LdapFaultKind.ConnectionLost, (await BindAsync(Trusting(server), "geheim"))!.Kind);
        }

        Assert.Equal(LdapFaultKind.Unreachable, (await BindAsync(Trusting(server), "geheim"))!.Kind);
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        await using var server = Secure().OnBind(LdapScripts.Hang).Start();
        await using var client = Trusting(server).Client();
        using var cancel = new CancellationTokenSource();

        var bind = client.BindAsync(Name, "geheim"u8.ToArray(), cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bind);
    }

    private ScriptedLdapServer Secure() => Clients.Server().WithAccount(Name, "geheim").WithTls(_pki.Server("127.0.0.1"));

    private LdapServerOptions Trusting(ScriptedLdapServer server) => server.Options() with { Tls = new LdapTlsOptions { CaFile = _pki.AuthorityFile } };

    private static async Task<LdapFault?> BindAsync(LdapServerOptions options, string password)
    {
        await using var client = options.Client();
        return await BindAsync(client, password);
    }

    private static async Task<LdapFault?> BindAsync(LdapConnectionPool client, string password) =>
        await client.BindAsync(Name, Encoding.UTF8.GetBytes(password), TestContext.Current.CancellationToken);
}
