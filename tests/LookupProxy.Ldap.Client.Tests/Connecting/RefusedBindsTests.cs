using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

public sealed class RefusedBindsTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const string Server = "ldaps://dc1.contoso.example";

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

        _refused.End(Server, other, Refusal("no"));

        Assert.Null(_refused.Begin(Server, _credentials));
        MustPauseFor(Pause, other);
    }

    [Fact]
    public void An_accepted_one_that_is_refused_later_begins_anew()
    {
        Refuse("no");
        MustPauseFor(Pause);
        _refused.End(Server, _credentials, null);

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

        Assert.Equal("no (not tried again before 30 s have passed, the password is changed or \"lookupproxy directory close\" is given)", _refused.Begin(Server, _credentials)!.Detail);
    }

    [Fact]
    public void Each_of_several_servers_finds_out_once_and_then_one_tries_after_each_pause_in_turn()
    {
        string[] servers = ["a", "b", "c"];
        var tried = new List<(string Server, double At)>();
        for (var now = 0; now < 1000; now++)
        {
            // Whoever comes first is always the same.
            foreach (var server in servers)
            {
                if (Tries(server))
                    tried.Add((server, now));
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([("a", 0), ("b", 0), ("c", 0), ("a", 30), ("b", 90), ("c", 210), ("a", 450), ("b", 930)], tried);
    }

    [Fact]
    public void A_server_that_does_not_take_its_turn_holds_up_the_others_for_two_seconds_only()
    {
        Assert.True(Tries("a"));
        Assert.True(Tries("b"));
        _time.Advance(Pause);
        Assert.True(Tries("a"));
        _time.Advance(2 * Pause);

        Assert.False(Tries("a"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(Tries("a"));
    }

    [Fact]
    public void While_one_tries_the_others_wait()
    {
        Tries("a");
        Tries("b");
        _time.Advance(Pause);

        Assert.Null(_refused.Begin("a", _credentials));
        Assert.NotNull(_refused.Begin("b", _credentials));
        _refused.End("a", _credentials, new LdapFault(LdapFaultKind.Unreachable, "down"));
        Assert.Null(_refused.Begin("b", _credentials));
    }

    [Fact]
    public void A_password_that_one_accepts_may_be_tried_by_the_others_at_once()
    {
        Tries("a");
        Tries("b");
        _time.Advance(Pause);
        Assert.Null(_refused.Begin("a", _credentials));
        _refused.End("a", _credentials, null);

        Assert.True(Tries("b"));
        Assert.False(Tries("b"));
        Assert.Null(_refused.Begin("a", _credentials));
    }

    [Fact]
    public void An_administrator_can_have_one_more_tried_at_each()
    {
        Tries("a");
        Tries("b");

        _refused.Forget("b");

        Assert.False(Tries("a"));
        Assert.True(Tries("b"));
        Assert.False(Tries("b"));
    }

    private static LdapFault Refusal(string detail) => new(LdapFaultKind.BindRefused, detail, ResultCode.InvalidCredentials);

    private void Refuse(string detail) => _refused.End(Server, _credentials, Refusal(detail));

    /// <returns>False when it may not; else it is refused.</returns>
    private bool Tries(string server)
    {
        if (_refused.Begin(server, _credentials) is not null)
            return false;
        _refused.End(server, _credentials, Refusal("no"));
        return true;
    }

    private void MustPauseFor(TimeSpan pause, LdapCredentials? credentials = null)
    {
        _time.Advance(pause - TimeSpan.FromTicks(1));
        Assert.NotNull(_refused.Begin(Server, credentials ?? _credentials));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_refused.Begin(Server, credentials ?? _credentials));
    }
}
