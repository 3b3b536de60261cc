using LookupProxy.Endpoints.Policy;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class PolicyReplyRulesTests
{
    [Fact]
    public void The_defaults_have_no_fault() => Assert.Empty(PolicyReplyRules.Check(new PolicyReplies()));

    [Theory]
    [InlineData("DUNNO")]
    [InlineData("550 5.1.1 no such user")]
    [InlineData("450 4.1.1 {address} try later ({reason})")]
    [InlineData("REJECT 5.1.1 no such user in {domain}")]
    [InlineData("DEFER 4.1.1 later")]
    [InlineData("DEFER_IF_REJECT 4.1.1 later")]
    [InlineData("521 5.7.1 bye")]
    [InlineData("WARN would be rejected: {address}")]
    [InlineData("INFO x")]
    [InlineData("PREPEND X-Recipient: unknown")]
    public void For_an_invalid_recipient_any_sound_action_is_allowed(string template) =>
        Assert.Empty(PolicyReplyRules.Check(new PolicyReplies { Invalid = template }));

    [Theory]
    [InlineData("OK", "must not be OK")]
    [InlineData("ok", "must not be OK")]
    [InlineData("200", "must not be OK")]
    [InlineData("5500 5.1.1 x", "must not be OK")]
    [InlineData("", "allowed here are")]
    [InlineData("550", "needs an enhanced status code 5.x.x")]
    [InlineData("550 User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("550 4.1.1 User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("450 5.1.1 User unknown", "needs an enhanced status code 4.x.x")]
    [InlineData("550 5.1 User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("550 5.1.1234 User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("550 5.-1.1 User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("REJECT User unknown", "needs an enhanced status code 5.x.x")]
    [InlineData("DEFER later", "needs an enhanced status code 4.x.x")]
    [InlineData("DEFER_IF_PERMIT later", "needs an enhanced status code 4.x.x")]
    [InlineData("550 5.1.1", "needs a text")]
    [InlineData("550 5.1.1 Recipient address rejected: no", "must not begin with 'Recipient address rejected'")]
    [InlineData("550 5.1.1 a\nb", "must be one line")]
    [InlineData("550 5.1.1 {user} unknown", "unknown placeholder {user}")]
    [InlineData("550 5.1.1 {adress unknown", "unknown placeholder {adress unknown")]
    [InlineData("550 5.1.1 {domain} {user}", "unknown placeholder {user}")]
    [InlineData("DISCARD", "allowed here are")]
    [InlineData("FILTER smtp:x", "allowed here are")]
    [InlineData("permit", "allowed here are")]
    [InlineData("PREPEND x", "Header-Name: value")]
    public void A_fault_is_told_with_what_is_allowed(string template, string message)
    {
        var fault = Assert.Single(PolicyReplyRules.Check(new PolicyReplies { Invalid = template }));

        Assert.Equal("Invalid", fault.Reply);
        Assert.Equal(template, fault.Value);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 User unknown")]
    [InlineData("REJECT 5.1.1 User unknown")]
    public void What_is_not_known_is_never_rejected_for_good(string template)
    {
        var fault = Assert.Single(PolicyReplyRules.Check(new PolicyReplies { Unknown = template }));

        Assert.EndsWith("allowed here are DUNNO, INFO, WARN, PREPEND, 4xx, DEFER, DEFER_IF_PERMIT, DEFER_IF_REJECT", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 User unknown")]
    [InlineData("DEFER 4.1.1 later")]
    public void A_valid_recipient_passes(string template) =>
        Assert.Single(PolicyReplyRules.Check(new PolicyReplies { Valid = template }));

    [Fact]
    public void Every_fault_is_told_at_once() =>
        Assert.Equal(
            ["Valid", "Invalid", "Unknown"],
            PolicyReplyRules.Check(new PolicyReplies { Valid = "OK", Invalid = "550 x", Unknown = "550 5.1.1 x" }).Select(static fault => fault.Reply));
}
