using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public sealed class RefusedBindsTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly LdapCredentials _credentials = LdapCredentials.Of("cn=svc", "wrong"u8);
    private readonly RefusedBinds _refused;

    public RefusedBindsTests() => _refused = new RefusedBinds(Pause, _time);

    public void Dispose() => _credentials.Dispose();

    [Fact]
    public void The_pause_doubles_five_times_while_the_same_password_stays_wrong()
    {
        foreach (var pauses in new[] { 1, 2, 4, 8, 16, 32, 32 })
        {
            Refuse("invalidCredentials (49)");
            MustPauseFor(Pause * pauses);
        }
    }

    [Theory]
    [InlineData("52e", 2)]
    [InlineData("525", 2)]
    [InlineData("775", 1)]
    [InlineData("533", 1)]
    [InlineData("532", 1)]
    public void It_does_not_grow_for_an_account_that_cannot_bind_whatever_the_password(string code, int pauses)
    {
        var text = $"80090308: LdapErr: DSID-0C09041C, comment: AcceptSecurityContext error, data {code}, v4563";
        Refuse(text);
        MustPauseFor(Pause);

        Refuse(text);

        MustPauseFor(Pause * pauses);
    }

    [Fact]
    public void Another_password_begins_anew()
    {
        Refuse("no");
        MustPauseFor(Pause);
        using var other = LdapCredentials.Of("cn=svc", "wrong too"u8);

        _refused.Note(other, Refusal("no"));

        Assert.Null(_refused.Recall(_credentials));
        MustPauseFor(Pause, other);
    }

    [Fact]
    public void An_accepted_one_that_is_refused_later_begins_anew()
    {
        Refuse("no");
        MustPauseFor(Pause);
        _refused.Forget();

        Refuse("no");

        MustPauseFor(Pause);
    }

    [Fact]
    public void Two_that_were_tried_at_once_count_as_one()
    {
        Refuse("no");
        Refuse("no");

        MustPauseFor(Pause);
    }

    [Fact]
    public void What_is_recalled_says_when_it_is_tried_again()
    {
        Refuse("no");

        Assert.Equal("no (not tried again before 30 s have passed or the password is changed)", _refused.Recall(_credentials)!.Detail);
    }

    private static LdapFault Refusal(string detail) => new(LdapFaultKind.BindRefused, detail, ResultCode.InvalidCredentials);

    private void Refuse(string detail) => _refused.Note(_credentials, Refusal(detail));

    private void MustPauseFor(TimeSpan pause, LdapCredentials? credentials = null)
    {
        _time.Advance(pause - TimeSpan.FromTicks(1));
        Assert.NotNull(_refused.Recall(credentials ?? _credentials));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_refused.Recall(credentials ?? _credentials));
    }
}
