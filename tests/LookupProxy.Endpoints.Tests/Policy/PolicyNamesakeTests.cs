using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Policy;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Policy;

/// <summary>Where the operator turns disabled accounts away, or strangers' mail to recipients for authenticated senders, and directories know an address otherwise.</summary>
public sealed class PolicyNamesakeTests
{
    private const string Gone = "action=550 5.2.1 Mailbox disabled\n\n";
    private const string Defer = "action=DEFER_IF_PERMIT 4.4.3 Recipient directory unavailable, try again later\n\n";

    private static readonly Recipient _disabled = new() { Directory = "contoso", Disabled = true };
    private static readonly Recipient _closed = new() { Directory = "contoso", Kind = RecipientKind.Group, AuthenticatedSendersOnly = true };
    private static readonly Answer _open = new Answer.Exists(new Recipient { Directory = "fabrikam" });

    private readonly PolicyFixture _policy = new()
    {
        Options = new PolicyOptions { Replies = new PolicyReplies { Disabled = "550 5.2.1 Mailbox disabled", AuthenticationRequired = "550 5.7.1 Not for strangers" } },
    };

    [Fact]
    public void One_who_is_disabled_in_the_directory_that_answered_first_and_not_in_another_passes()
    {
        _policy.Resolver.Shared("moved@shared.example", _disabled, _open).Shared("list@shared.example", _closed, _open);

        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("moved@shared.example"));
        Assert.Equal(PolicyFixture.Dunno, _policy.AskFor("list@shared.example"));
    }

    [Fact]
    public void One_who_is_disabled_in_all_directories_is_turned_away()
    {
        _policy.Resolver.Shared("moved@shared.example", _disabled, new Answer.Exists(_disabled), Answer.No);

        Assert.Equal(Gone, _policy.AskFor("moved@shared.example"));
    }

    [Fact]
    public void While_another_directory_cannot_say_whom_it_has_one_who_is_disabled_is_deferred()
    {
        _policy.Resolver.Shared("moved@shared.example", _disabled, new Answer.Unknown(UnknownReason.Timeout, "slow"));

        Assert.Equal(Defer, _policy.AskFor("moved@shared.example"));
    }

    [Fact]
    public void A_request_that_has_waited_for_one_directory_waits_for_all()
    {
        var whole = new TaskCompletionSource<Verdict>();
        var first = new TaskCompletionSource<Verdict>();
        _policy.Resolver.SayLater("moved@shared.example", request => new((request.Everywhere ? whole : first).Task));
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("moved@shared.example"));
        var verdict = new Verdict { Kind = VerdictKind.Valid, Address = Mail.Of("moved@shared.example"), Namespace = "shared", Recipient = _disabled };

        first.SetResult(verdict);
        whole.SetResult(verdict with { Evidence = [new Evidence("fabrikam", _open, EvidenceSource.Live, TimeSpan.Zero, TimeSpan.Zero)] });

        Assert.Equal(PolicyFixture.Dunno, connection.Received());
    }

    [Fact]
    public void Nobody_waits_for_all_directories_where_the_reply_passes_anyway()
    {
        var policy = new PolicyFixture();
        policy.Resolver.Shared("moved@shared.example", _disabled, _open);

        Assert.Equal(PolicyFixture.Dunno, policy.AskFor("moved@shared.example"));
        Assert.False(Assert.Single(policy.Resolver.Asked).Everywhere);
    }
}
