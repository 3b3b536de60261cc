using LookupProxy.Core.Credentials;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Credentials;

public sealed class CredentialCheckTests
{
    private const string AnnaDn = "CN=Anna,OU=Staff," + Directory.Base;

    private static readonly ScriptedEntries People = Directory.Entries(
        AnnaDn, ("mail", "anna@shared.example"), ("proxyAddresses", "SMTP:anna@shared.example"), ("proxyAddresses", "smtp:a.schmidt@shared.example"), ("userPrincipalName", "as@ad.shared.example"));

    [Theory]
    [InlineData("anna@shared.example")]
    [InlineData("A.Schmidt@shared.example")]
    [InlineData("as@ad.shared.example")]
    public async Task A_user_is_found_by_any_address_and_by_the_principal_name_and_binds_with_the_DN(string user)
    {
        var searcher = new FakeSearcher(People);

        var answer = await CheckAsync(user, searcher);

        Assert.Equal(AnnaDn, Assert.IsType<CredentialAnswer.Accepted>(answer).DistinguishedName);
        Assert.Equal((AnnaDn, "geheim"), Assert.Single(searcher.Binds));
    }

    [Fact]
    public async Task Who_is_not_there_is_nobody_and_nothing_is_bound()
    {
        var searcher = new FakeSearcher(People);

        Assert.IsType<CredentialAnswer.NoSuchUser>(await CheckAsync("bob@shared.example", searcher));

        Assert.Empty(searcher.Binds);
    }

    [Theory]
    [InlineData(ResultCode.InvalidCredentials)]
    [InlineData(ResultCode.InappropriateAuthentication)]
    [InlineData(ResultCode.NoSuchObject)]
    [InlineData(ResultCode.ConstraintViolation)]
    public async Task What_speaks_of_the_password_is_a_refusal(ResultCode code)
    {
        var refused = Assert.IsType<CredentialAnswer.Refused>(await CheckAsync("anna@shared.example", Refusing(LdapFaultKind.BindRefused, code)));

        Assert.Contains("data 775", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Account inactivated. Contact system administrator.", true)]
    [InlineData("Server is read-only", false)]
    public async Task A_server_that_is_unwilling_refuses_only_an_account_that_it_calls_inactivated(string message, bool isRefusal)
    {
        var answer = await CheckAsync("anna@shared.example", Refusing(LdapFaultKind.BindRefused, ResultCode.UnwillingToPerform, message));

        Assert.Equal(isRefusal, answer is CredentialAnswer.Refused);
        Assert.Equal(!isRefusal, answer is CredentialAnswer.Unknown);
    }

    [Fact]
    public async Task Every_other_code_and_fault_is_not_known()
    {
        foreach (var code in Enumerable.Range(1, 123).Select(static code => (ResultCode)code).Except(
            [ResultCode.InvalidCredentials, ResultCode.InappropriateAuthentication, ResultCode.NoSuchObject, ResultCode.ConstraintViolation]))
        {
            Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync("anna@shared.example", Refusing(LdapFaultKind.BindRefused, code)));
        }

        foreach (var kind in Enum.GetValues<LdapFaultKind>().Except([LdapFaultKind.BindRefused]))
            Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync("anna@shared.example", Refusing(kind, ResultCode.InvalidCredentials)));
        Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync("anna@shared.example", Refusing(LdapFaultKind.BindRefused, null)));
    }

    [Theory]
    [InlineData("anna@shared.example")]
    [InlineData("as@ad.shared.example")]
    public async Task A_search_that_fails_is_not_known_and_nothing_is_bound(string user)
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(LdapFaultKind.Unreachable));

        Assert.Equal(UnknownReason.Unreachable, Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync(user, searcher)).Reason);

        Assert.Empty(searcher.Binds);
    }

    [Fact]
    public async Task A_principal_name_whose_search_fails_is_not_known()
    {
        foreach (var (outcome, reason) in new[] { (Outcome.Of(ResultCode.Busy), UnknownReason.Busy), (Outcome.Of(LdapFaultKind.ConnectionLost), UnknownReason.ConnectionLost) })
            Assert.Equal(reason, Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync("as@ad.shared.example", ByPrincipalName(outcome))).Reason);
    }

    [Fact]
    public async Task A_principal_name_that_is_not_found_refuses_nobody_whose_address_could_not_be_asked_for()
    {
        var searcher = new FakeSearcher(request => Outcome.Of(request.Attributes is ["userPrincipalName"] ? ResultCode.Success : ResultCode.Busy));

        Assert.Equal(UnknownReason.Busy, Assert.IsType<CredentialAnswer.Unknown>(await CheckAsync("anna@shared.example", searcher)).Reason);
    }

    [Fact]
    public async Task Nobody_binds_as_an_entry_that_does_not_show_the_principal_name_or_as_one_of_two_that_do()
    {
        var bob = ScriptedEntry.Create("CN=Bob," + Directory.Base, ("userPrincipalName", "bob@ad.shared.example"));
        var (one, two) = (ScriptedEntry.Create("CN=1," + Directory.Base, ("userPrincipalName", "as@ad.shared.example")), ScriptedEntry.Create("CN=2," + Directory.Base, ("userPrincipalName", "as@ad.shared.example")));
        foreach (var searcher in new[] { ByPrincipalName(Outcome.Of(ResultCode.Success, bob)), ByPrincipalName(Outcome.Of(ResultCode.Success, one, two)) })
        {
            Assert.IsType<CredentialAnswer.NoSuchUser>(await CheckAsync("as@ad.shared.example", searcher));
            Assert.Empty(searcher.Binds);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_heed_the_filter_makes_nobody_bind_as_somebody_else()
    {
        var searcher = new FakeSearcher(static _ => Outcome.Of(ResultCode.Success, ScriptedEntry.Create("CN=Bob," + Directory.Base, ("mail", "bob@shared.example"), ("userPrincipalName", "bob@ad.shared.example"))));

        Assert.IsNotType<CredentialAnswer.Accepted>(await CheckAsync("anna@shared.example", searcher));
        Assert.IsNotType<CredentialAnswer.Accepted>(await CheckAsync("as@ad.shared.example", searcher));
        Assert.Empty(searcher.Binds);
    }

    [Fact]
    public async Task Another_server_is_asked_when_one_can_not_say_and_then_first()
    {
        var down = Refusing(LdapFaultKind.Unreachable, null);
        var up = new FakeSearcher(People);
        await using var directory = Of(down, up);

        Assert.IsType<CredentialAnswer.Accepted>(await CheckAsync("anna@shared.example", directory));
        Assert.IsType<CredentialAnswer.Accepted>(await CheckAsync("anna@shared.example", directory));

        Assert.Single(down.Binds);
        Assert.Equal(2, up.Binds.Count);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_on_one_server_only()
    {
        var searcher = Refusing(LdapFaultKind.BindRefused, ResultCode.InvalidCredentials);
        await using var directory = Of(searcher, searcher);

        await CheckAsync("anna@shared.example", directory);

        Assert.Single(searcher.Binds);
    }

    /// <summary>Has this for whoever is looked for by the principal name.</summary>
    private static FakeSearcher ByPrincipalName(LdapSearchOutcome outcome) =>
        new(request => request.Attributes is ["userPrincipalName"] ? outcome : Outcome.Of(ResultCode.Success, [.. People.Find(request)]));

    private static FakeSearcher Refusing(LdapFaultKind kind, ResultCode? code, string message = "80090308: AcceptSecurityContext error, data 775") =>
        new(People) { OnBind = (_, _) => new LdapFault(kind, message, code) };

    private static async Task<CredentialAnswer> CheckAsync(string user, FakeSearcher searcher)
    {
        await using var directory = Of(searcher);
        return await CheckAsync(user, directory);
    }

    private static async Task<CredentialAnswer> CheckAsync(string user, LdapDirectory directory) =>
        await directory.CheckAsync(Directory.Address(user), "geheim"u8.ToArray(), TestContext.Current.CancellationToken);

    private static LdapDirectory Of(params FakeSearcher[] searchers)
    {
        var options = Directory.Options(Directory.Schema("active-directory"));
        var next = 0;
        return LdapDirectory.Create(options with { Servers = [.. searchers.Select(_ => options.Servers[0])] }, _ => searchers[next++]);
    }
}
