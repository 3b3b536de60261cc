using LookupProxy.SystemTests.Postfix;

namespace LookupProxy.SystemTests.Gateways;

/// <summary>What every gateway must say, whichever protocol it asks with. Each derived class is one recipe under config/gateways.</summary>
public abstract class GatewayTests(GatewayLab lab)
{
    /// <summary>How its reply to a recipient that is in no directory begins.</summary>
    protected abstract string Rejected { get; }

    /// <summary>How its reply begins while it can't be told whether the recipient exists.</summary>
    protected abstract string Deferred { get; }

    /// <summary>How its reply begins while LookupProxy is away.</summary>
    protected virtual string DeferredAway => Deferred;

    /// <summary>False for a client that puts recipients into its filter as they are: those with an asterisk are then deferred.</summary>
    protected virtual bool Escapes => true;

    [Theory]
    [InlineData("contoso1@corp.example")]
    [InlineData("fabrikam1@corp.example")]
    [InlineData("both@corp.example")]
    [InlineData("FABRIKAM2@Corp.Example")]
    [InlineData("alias.fabrikam2@corp.example")]
    [InlineData("contoso2+news@corp.example")]
    [InlineData("o'neil/x=y#1@corp.example")]
    [InlineData("postmaster@corp.example")]
    [InlineData("here@stopped.example")]
    [InlineData("there@hanging.example")]
    public async Task A_recipient_of_either_directory_is_accepted(string recipient)
    {
        await AssertRepliesAsync("250 ", recipient);
    }

    [Theory]
    [InlineData("nobody@corp.example")]
    [InlineData("contoso1.fabrikam1@corp.example")]
    [InlineData("nobody+contoso1@corp.example")]
    public async Task A_recipient_of_neither_directory_is_rejected(string recipient)
    {
        await AssertRepliesAsync(Rejected, recipient);
    }

    [Theory]
    [InlineData("away@stopped.example")]
    [InlineData("nobody@stopped.example")]
    [InlineData("away@hanging.example")]
    [InlineData("nobody@hanging.example")]
    public async Task A_recipient_is_deferred_that_only_a_directory_which_is_away_could_decide(string recipient)
    {
        await AssertRepliesAsync(Deferred, recipient);
    }

    [Fact]
    public async Task An_asterisk_is_the_recipients_own_and_stands_for_nobody_else()
    {
        await AssertRepliesAsync(Escapes ? "250 " : Deferred, GatewayDirectories.Asterisk);
        await AssertRepliesAsync(Escapes ? Rejected : Deferred, "contoso*@corp.example");
    }

    /// <summary>A filter, and what begins values of other attributes than the gateway asks for.</summary>
    [Theory]
    [InlineData("\"x)(mail=contoso1\"@corp.example")]
    [InlineData("\"smtp:contoso1\"@corp.example")]
    [InlineData("smtp$contoso1@corp.example")]
    public async Task What_means_something_in_a_filter_lets_nobody_in(string recipient)
    {
        var reply = await lab.RecipientAsync(recipient);

        Assert.NotEqual(250, reply.Code);
    }

    [Fact]
    public async Task Everybody_is_deferred_while_LookupProxy_is_away_and_nobody_when_it_is_back()
    {
        await AssertRepliesAsync("250 ", "contoso3@corp.example");

        await lab.Proxy.KillAsync();
        try
        {
            await AssertRepliesAsync(DeferredAway, "contoso3@corp.example");
            await AssertRepliesAsync(DeferredAway, "nobody3@corp.example");
        }
        finally
        {
            await lab.Proxy.StartAsync();
        }

        await AssertRepliesAsync("250 ", "contoso3@corp.example");
        await AssertRepliesAsync(Rejected, "nobody3@corp.example");
    }

    private async Task AssertRepliesAsync(string expected, string recipient)
    {
        SmtpReply reply = await lab.RecipientAsync(recipient);
        Assert.True(reply.ToString().StartsWith(expected, StringComparison.Ordinal), $"{recipient}: {reply}, not {expected}\n{lab.Gateway.Log}\n{lab.Proxy.Log.Tail(40)}");
    }
}
