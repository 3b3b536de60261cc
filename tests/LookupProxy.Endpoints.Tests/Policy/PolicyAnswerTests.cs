using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Policy;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class PolicyAnswerTests
{
    private const string Defer = "action=DEFER_IF_PERMIT 4.4.3 Recipient directory unavailable, try again later\n\n";

    private readonly PolicyFixture _policy = new();

    [Fact]
    public void A_valid_recipient_is_left_to_the_later_checks()
    {
        _policy.Resolver.Valid("valid1@shared.example");

        Assert.Equal(PolicyFixture.Dunno, _policy.Ask(PolicyRequests.Postfix37));
    }

    [Fact]
    public void An_invalid_recipient_is_rejected()
    {
        _policy.Resolver.Invalid("nobody@shared.example");

        Assert.Equal("action=550 5.1.1 User unknown\n\n", _policy.AskFor("nobody@shared.example"));
    }

    [Fact]
    public void An_unknown_recipient_is_deferred()
    {
        _policy.Resolver.Unknown("somebody@shared.example");

        Assert.Equal(Defer, _policy.AskFor("somebody@shared.example"));
    }

    [Fact]
    public void An_unknown_recipient_is_left_alone_where_the_operator_says_accept()
    {
        _policy.Resolver.Unknown("somebody@shared.example", WhenUnknown.Accept);

        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("somebody@shared.example"));
    }

    [Fact]
    public void A_domain_that_is_not_ours_is_left_alone() =>
        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("somebody@elsewhere.example"));

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("HELO")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData("END-OF-MESSAGE")]
    [InlineData("ETRN")]
    [InlineData("rcpt")]
    [InlineData("")]
    public void Only_RCPT_and_VRFY_are_looked_up(string state)
    {
        _policy.Resolver.Invalid("nobody@shared.example");

        Assert.Equal(PolicyFixture.Dunno, _policy.Ask(PolicyRequests.Of($"protocol_state={state}", "recipient=nobody@shared.example")));
        Assert.Empty(_policy.Resolver.Asked);
    }

    [Fact]
    public void VRFY_is_looked_up()
    {
        _policy.Resolver.Invalid("nobody@shared.example");

        Assert.StartsWith("action=550 5.1.1 ", _policy.Ask(PolicyRequests.Of("recipient=nobody@shared.example", "protocol_state=VRFY")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postmaster")]
    [InlineData("")]
    public void A_recipient_without_a_domain_is_for_the_mail_system_to_qualify(string recipient)
    {
        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor(recipient));
        Assert.Empty(_policy.Resolver.Asked);
    }

    [Theory]
    [InlineData("@shared.example")]
    [InlineData("a\u0001b@SHARED.example.")]
    [InlineData("user@shared..example")]
    [InlineData("user@-.example")]
    public void What_is_no_address_is_refused_without_a_lookup(string recipient)
    {
        Assert.Equal("action=550 5.1.3 Bad recipient address syntax\n\n", _policy.AskFor(recipient));
        Assert.Empty(_policy.Resolver.Asked);
    }

    [Theory]
    [InlineData("@elsewhere.example")]
    [InlineData("a\u0001b@elsewhere.example")]
    [InlineData("a\u0001b@inner.example", "policy_context=outer")]
    public void A_local_part_that_cannot_be_is_for_others_to_refuse_in_their_domains(string recipient, params string[] more)
    {
        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor(recipient, more));
        Assert.Empty(_policy.Resolver.Asked);
    }

    [Fact]
    public void A_local_part_longer_than_everybody_must_take_is_looked_up()
    {
        const string Bounce = "list-bounces+anna.maria.schmidt-lindenberg=mail.subsidiary.contoso.example@shared.example";
        _policy.Resolver.Valid(Bounce);

        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor(Bounce));
        Assert.Equal(Bounce, _policy.Resolver.Asked.Single().Address.Text);
    }

    [Fact]
    public void A_local_part_comes_unquoted_and_in_UTF8()
    {
        _policy.Resolver.Invalid("a b@shared.example").Invalid("josé@shared.example");

        Assert.StartsWith("action=550 5.1.1 ", _policy.AskFor("a b@shared.example"), StringComparison.Ordinal);
        Assert.StartsWith("action=550 5.1.1 ", _policy.AskFor("josé@SHARED.example"), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_context_chooses_the_view()
    {
        var connection = _policy.Connect();
        foreach (var context in (string[])["policy_context=corp", "policy_context=corp", "policy_context=other", "policy_context=", "stress="])
            connection.Send(PolicyRequests.Rcpt("a@b.example", context));

        Assert.Equal(["corp", "corp", "other", null, null], _policy.Resolver.Asked.Select(static asked => asked.View));
    }

    [Fact]
    public void Without_templates_of_the_operator_restrictions_are_left_to_the_mail_system()
    {
        _policy.Resolver
            .Valid("members@shared.example", new Recipient { Directory = "contoso", AuthenticatedSendersOnly = true })
            .Valid("left@shared.example", new Recipient { Directory = "contoso", Disabled = true });

        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("members@shared.example"));
        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("left@shared.example"));
    }

    [Fact]
    public void A_recipient_for_authenticated_senders_refuses_others()
    {
        var policy = new PolicyFixture { Options = new() { Replies = new() { AuthenticationRequired = "550 5.7.1 Log in first" } } };
        policy.Resolver.Valid("members@shared.example", new Recipient { Directory = "contoso", AuthenticatedSendersOnly = true });

        Assert.Equal("action=550 5.7.1 Log in first\n\n", policy.AskFor("members@shared.example"));
        Assert.Equal("action=550 5.7.1 Log in first\n\n", policy.AskFor("members@shared.example", "sasl_username="));
        Assert.Equal(PolicyFixture.Dunno, policy.AskFor("members@shared.example", "sasl_username=anna"));
    }

    [Fact]
    public void A_disabled_recipient_has_a_reply_of_its_own()
    {
        var policy = new PolicyFixture { Options = new() { Replies = new() { Disabled = "550 5.2.1 Mailbox {address} disabled" } } };
        policy.Resolver.Valid("left@shared.example", new Recipient { Directory = "contoso", Disabled = true, AuthenticatedSendersOnly = true });

        Assert.Equal("action=550 5.2.1 Mailbox left@shared.example disabled\n\n", policy.AskFor("left@shared.example"));
    }

    [Fact]
    public void A_resolver_that_throws_is_a_temporary_failure_and_is_logged()
    {
        _policy.Resolver
            .SayLater("at.once@shared.example", static _ => throw new InvalidOperationException("bug"))
            .SayLater("later@shared.example", static _ => ValueTask.FromException<Verdict>(new InvalidOperationException("bug")))
            .SayLater("cancelled@shared.example", static _ => ValueTask.FromCanceled<Verdict>(new CancellationToken(canceled: true)));

        Assert.Equal(Defer, _policy.AskFor("at.once@shared.example"));
        Assert.Equal(Defer, _policy.AskFor("later@shared.example"));
        Assert.Equal(Defer, _policy.AskFor("cancelled@shared.example"));
        Assert.Equal(3, _policy.Log.Lines.Count(static line => line.Level == LogLevel.Error));
    }

    [Fact]
    public void A_slow_answer_is_given_when_it_comes()
    {
        var answer = _policy.Resolver.Hold("slow@shared.example");
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("slow@shared.example"));
        Assert.Empty(connection.Received());

        answer.SetResult(new Verdict { Kind = VerdictKind.Invalid, Address = _policy.Resolver.Asked.Single().Address });

        Assert.StartsWith("action=550 5.1.1 ", connection.Received(), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_sent_ahead_are_answered_in_order_and_none_waits_for_a_later_one()
    {
        var slow = _policy.Resolver.Valid("fast@shared.example").Invalid("no@shared.example").Hold("slow@shared.example");
        var connection = _policy.Connect();

        connection.Send(PolicyRequests.Rcpt("no@shared.example") + PolicyRequests.Rcpt("slow@shared.example") + PolicyRequests.Rcpt("fast@shared.example") + "request=");
        Assert.Equal("action=550 5.1.1 User unknown\n\n", connection.Received());

        slow.SetResult(new Verdict { Kind = VerdictKind.Unknown, Address = _policy.Resolver.Asked.Last().Address });
        Assert.Equal(Defer + PolicyFixture.Dunno, connection.Received());

        connection.Send("smtpd_access_policy\nprotocol_state=RCPT\nrecipient=no@shared.example\n\n");
        Assert.Equal("action=550 5.1.1 User unknown\n\n", connection.Received());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void A_request_may_come_in_pieces(int size)
    {
        _policy.Resolver.Invalid("valid1@shared.example");
        var connection = _policy.Connect();
        foreach (var piece in PolicyRequests.Postfix37.Chunk(size))
        {
            Assert.Empty(connection.Received());
            connection.Send(new string(piece));
        }

        Assert.Equal("action=550 5.1.1 User unknown\n\n", connection.Received());
    }

    [Fact]
    public void A_template_with_a_fault_is_refused_at_the_start() =>
        Assert.Throws<ArgumentException>(() => new PolicyFixture { Options = new() { Replies = new() { Valid = "OK" } } }.Connect());
}
