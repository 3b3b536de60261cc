using System.Collections.Immutable;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Users;

/// <summary>Users whose address another directory has too, without a password that could be right.</summary>
public sealed class UserNamesakeTests
{
    private readonly FakeUsers _contoso = new();
    private readonly LdapFixture _fixture = new()
    {
        Options = new LdapOptions { Anonymous = true, UserBind = new UserBindOptions() },
        Namespaces = new NamespaceMap([new NamespaceOutline("shared", ["corp.example"], ["contoso", "fabrikam"])], ImmutableDictionary<string, ImmutableArray<string>>.Empty, "default"),
    };

    public UserNamesakeTests()
    {
        _fixture.Users["contoso"] = _contoso;
        _fixture.Users["fabrikam"] = new FakeUsers(("zoe@corp.example", "sesam"));
    }

    [Theory]
    [InlineData(RecipientKind.Contact, false)]
    [InlineData(RecipientKind.Mailbox, true)]
    public async Task A_user_who_has_no_password_in_the_directory_that_answered_first_binds_in_the_one_that_has_the_mailbox(RecipientKind kind, bool disabled)
    {
        _fixture.Resolver.Shared(
            "zoe@corp.example", new Recipient { Directory = "contoso", Kind = kind, Disabled = disabled }, new Answer.Exists(new Recipient { Directory = "fabrikam" }));
        _contoso.Instead = new CredentialAnswer.Refused("data 52e");

        Assert.Equal(ResultCode.Success, (await _fixture.Connect().BindAsync("zoe@corp.example", "sesam")).Code);
        Assert.Empty(_contoso.Asked);
    }

    [Fact]
    public async Task While_the_directory_that_may_have_the_mailbox_can_not_say_a_contact_s_password_is_52_never_49()
    {
        _fixture.Resolver.Shared(
            "zoe@corp.example", new Recipient { Directory = "contoso", Kind = RecipientKind.Contact }, new Answer.Unknown(UnknownReason.Unreachable, "away"));

        Assert.Equal(ResultCode.Unavailable, (await _fixture.Connect().BindAsync("zoe@corp.example", "sesam")).Code);
        Assert.Empty(_contoso.Asked);
    }
}
