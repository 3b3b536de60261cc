using LookupProxy.SystemTests.Postfix;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>What a sending mail server is told when both directories answer.</summary>
public sealed class PostfixTests(TwoDirectories lab) : IClassFixture<TwoDirectories>
{
    [Theory]
    [InlineData("contoso1@corp.example")]
    [InlineData("fabrikam1@corp.example")]
    [InlineData("both@corp.example")]
    [InlineData("FABRIKAM2@Corp.Example")]
    [InlineData("alias.fabrikam2@corp.example")]
    [InlineData("contoso2+news@corp.example")]
    [InlineData("postmaster@corp.example")]
    public async Task A_recipient_of_either_directory_is_accepted(string recipient)
    {
        Assert.Equal("250 2.1.5 Ok", (await lab.Postfix.RecipientAsync(recipient)).ToString());
    }

    [Theory]
    [InlineData("nobody@corp.example")]
    [InlineData("contoso1.fabrikam1@corp.example")]
    [InlineData("*@corp.example")]
    [InlineData("contoso*@corp.example")]
    [InlineData("\"x)(mail=contoso1\"@corp.example")]
    public async Task A_recipient_of_neither_directory_is_rejected_with_550_5_1_1(string recipient)
    {
        // Postfix shows a quoted local part without its quotes.
        var shown = recipient.Replace("\"", "", StringComparison.Ordinal);
        Assert.Equal($"550 5.1.1 <{shown}>: Recipient address rejected: User unknown", (await lab.Postfix.RecipientAsync(recipient)).ToString());
    }

    [Fact]
    public async Task One_message_has_each_recipient_judged_by_itself()
    {
        await using var session = await SmtpSession.BeginAsync(lab.Postfix.Port);

        Assert.Equal(250, (await session.RecipientAsync("contoso3@corp.example")).Code);
        Assert.Equal("5.1.1", (await session.RecipientAsync("nobody3@corp.example")).EnhancedCode);
        Assert.Equal(250, (await session.RecipientAsync("fabrikam3@corp.example")).Code);
        Assert.Equal(250, (await session.DataAsync("for two of three")).Code);
    }

    [Fact]
    public async Task A_domain_that_is_not_shared_is_left_to_Postfix()
    {
        var reply = await lab.Postfix.RecipientAsync("someone@elsewhere.example");

        Assert.Equal((554, "5.7.1"), (reply.Code, reply.EnhancedCode));
        Assert.Contains("Relay access denied", reply.Text, StringComparison.Ordinal);
    }
}
