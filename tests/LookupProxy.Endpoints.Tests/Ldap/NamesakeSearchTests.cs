using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>Two directories have the same address and know it otherwise: after a merger, somebody's account was disabled where the mailbox came from, or is a contact there.</summary>
public sealed class NamesakeSearchTests
{
    private const string NoDisabled = "(&(proxyAddresses=smtp:moved@corp.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))";
    private const string NoContacts = "(&(objectClass=user)(mail=moved@corp.example))";
    private const string NoAuthentication = "(&(mail=moved@corp.example)(!(msExchRequireAuthToSendTo=TRUE)))";

    private static readonly Recipient _mailbox = new() { Directory = "fabrikam", Kind = RecipientKind.Mailbox, PrimaryAddress = "moved@corp.example" };

    private readonly LdapFixture _fixture = new();

    public static TheoryData<string, Recipient> Excluded() => new()
    {
        { NoDisabled, new() { Directory = "contoso", Kind = RecipientKind.Mailbox, Disabled = true } },
        { NoContacts, new() { Directory = "contoso", Kind = RecipientKind.Contact } },
        { NoAuthentication, new() { Directory = "contoso", Kind = RecipientKind.Group, AuthenticatedSendersOnly = true } },
    };

    [Theory]
    [MemberData(nameof(Excluded))]
    public async Task One_whom_the_filter_excludes_in_the_directory_that_answered_first_is_found_by_another(string filter, Recipient first)
    {
        _fixture.Resolver.Shared("moved@corp.example", first, new Answer.Exists(_mailbox));

        var (entries, result) = await _fixture.Connect().SearchAsync(filter, "lookupProxyDirectory");

        Assert.Equal("fabrikam", System.Text.Encoding.UTF8.GetString(Assert.Single(Assert.Single(Assert.Single(entries).Attributes).Values).Span));
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Theory]
    [MemberData(nameof(Excluded))]
    public async Task While_another_directory_cannot_say_whom_it_has_nobody_is_excluded(string filter, Recipient first)
    {
        _fixture.Resolver.Shared("moved@corp.example", first, new Answer.Unknown(UnknownReason.Timeout, "slow"));

        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Unavailable, result.Code);
    }

    [Theory]
    [MemberData(nameof(Excluded))]
    public async Task One_whom_the_filter_excludes_in_all_directories_is_nobody(string filter, Recipient first)
    {
        _fixture.Resolver.Shared("moved@corp.example", first, new Answer.Exists(first with { Directory = "fabrikam" }), Answer.No);

        var (entries, result) = await _fixture.Connect().SearchAsync(filter);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task Of_several_addresses_each_has_its_entry_once_and_in_order()
    {
        _fixture.Resolver.Shared("moved@corp.example", new Recipient { Directory = "contoso", Disabled = true }, new Answer.Exists(_mailbox));

        var (entries, result) = await _fixture.Connect().SearchAsync(
            "(&(|(mail=anna@corp.example)(mail=moved@corp.example)(mail=zoe@corp.example))(!(userAccountControl:1.2.840.113556.1.4.803:=2)))");

        Assert.Equal(["cn=anna@corp.example,o=lookupproxy", "cn=moved@corp.example,o=lookupproxy", "cn=zoe@corp.example,o=lookupproxy"], entries.Select(static entry => entry.ObjectName));
        Assert.Equal(ResultCode.Success, result.Code);
    }

    [Fact]
    public async Task Nobody_waits_for_all_directories_whom_the_filter_takes_by_the_first()
    {
        await _fixture.Connect().SearchAsync("(&(mail=anna@corp.example)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))");

        Assert.False(Assert.Single(_fixture.Resolver.Asked).Everywhere);
    }

    [Fact]
    public async Task A_search_that_has_waited_for_one_directory_waits_for_all()
    {
        var whole = new TaskCompletionSource<Verdict>();
        var first = new TaskCompletionSource<Verdict>();
        _fixture.Resolver.SayLater("moved@corp.example", request => new((request.Everywhere ? whole : first).Task));
        var answer = _fixture.Connect().SearchAsync(NoDisabled);
        var recipient = new Recipient { Directory = "contoso", Disabled = true };
        var verdict = new Verdict { Kind = VerdictKind.Valid, Address = Mail.Of("moved@corp.example"), Namespace = "shared", Recipient = recipient };

        first.SetResult(verdict);
        Assert.False(answer.IsCompleted);
        whole.SetResult(verdict with { Evidence = [new Evidence("fabrikam", new Answer.Exists(_mailbox), EvidenceSource.Live, TimeSpan.Zero, TimeSpan.Zero)] });

        Assert.Single((await answer).Entries);
    }

    [Theory]
    [InlineData(EvidenceSource.Stale)]
    [InlineData(EvidenceSource.Snapshot)]
    public async Task What_a_directory_that_is_away_knew_of_somebody_excludes_nobody(EvidenceSource source)
    {
        var recipient = new Recipient { Directory = "contoso", Disabled = true };
        _fixture.Resolver.Say("moved@corp.example", request => new Verdict
        {
            Kind = VerdictKind.Valid,
            Address = request.Address,
            Namespace = "shared",
            Recipient = recipient,
            Evidence = [new Evidence("contoso", new Answer.Exists(recipient), source, TimeSpan.FromDays(1), TimeSpan.Zero)],
        });

        Assert.Equal(ResultCode.Unavailable, (await _fixture.Connect().SearchAsync(NoDisabled)).Result.Code);
    }
}
