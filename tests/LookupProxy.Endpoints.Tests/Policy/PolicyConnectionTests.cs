using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Policy;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class PolicyConnectionTests
{
    private readonly PolicyFixture _policy = new();

    [Fact]
    public void Nothing_is_sent_unasked()
    {
        var connection = _policy.Connect();
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(500));

        Assert.Empty(connection.Received());
        Assert.False(connection.Served.IsCompleted);
    }

    [Fact]
    public void An_idle_connection_outlives_the_client_that_keeps_it_five_minutes()
    {
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("a@b.example"));
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(301));
        connection.Received();
        connection.Send(PolicyRequests.Rcpt("a@b.example"));

        Assert.Equal(PolicyFixture.Dunno, connection.Received());
    }

    [Fact]
    public void An_idle_connection_is_closed_in_silence_after_its_time()
    {
        _policy.Resolver.Valid("a@b.example");
        var connection = _policy.Connect();
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(300));
        connection.Send(PolicyRequests.Rcpt("a@b.example"));
        connection.Received();
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(600));
        Assert.False(connection.Served.IsCompleted);

        connection.Pass(_policy.Time, TimeSpan.FromSeconds(2));

        Assert.True(connection.IsClosed);
        Assert.Empty(connection.Received());
        Assert.Empty(_policy.Log.Loud);
    }

    [Fact]
    public void A_request_that_trickles_in_too_slowly_is_cut_off_however_steadily()
    {
        var connection = _policy.Connect();
        var request = PolicyRequests.Rcpt(new string('x', 40) + "@b.example");
        foreach (var c in request[..31])
        {
            connection.Send([(byte)c]);
            connection.Pass(_policy.Time, TimeSpan.FromSeconds(1));
            if (connection.Served.IsCompleted)
                break;
        }

        connection.Pass(_policy.Time, TimeSpan.FromSeconds(1));
        Assert.True(connection.IsClosed);
        Assert.Empty(connection.Received());
        Assert.Contains(_policy.Log.Loud, static text => text.Contains("(slow)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_time_of_a_request_begins_with_its_own_first_byte()
    {
        var connection = _policy.Connect();
        var request = PolicyRequests.Rcpt("a@b.example");
        connection.Send(request[..10]);
        for (var i = 0; i < 5; i++)
        {
            connection.Pass(_policy.Time, TimeSpan.FromSeconds(20));
            connection.Send(request[10..] + request[..10]);
            Assert.Equal(PolicyFixture.Dunno, connection.Received());
        }

        Assert.False(connection.Served.IsCompleted);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("\n")]
    [InlineData("request=smtpd_access_policy\nrubbish\n\n")]
    public void Rubbish_closes_the_connection_in_silence(string rubbish)
    {
        var connection = _policy.Connect();
        connection.Send(rubbish);

        Assert.True(connection.IsClosed);
        Assert.Empty(connection.Received());
        Assert.Single(_policy.Log.Loud);
    }

    [Fact]
    public void An_answer_owed_before_the_rubbish_is_still_given()
    {
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("a@b.example") + "rubbish\n");

        Assert.Equal(PolicyFixture.Dunno, connection.Received());
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public void A_request_without_end_is_cut_off_at_the_limit()
    {
        var connection = _policy.Connect();
        connection.Send("request=smtpd_access_policy\npadding=");
        var sent = 0;
        while (!connection.Served.IsCompleted && sent < 100_000)
        {
            connection.Send(new string('x', 1000));
            sent += 1000;
        }

        Assert.True(connection.IsClosed);
        Assert.InRange(sent, 16_000, 17_000);
        Assert.Empty(connection.Received());
    }

    [Fact]
    public void A_truncated_request_is_a_fault()
    {
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Postfix37[..100]);
        connection.EndSending();

        Assert.True(connection.IsClosed);
        Assert.Empty(connection.Received());
        Assert.Contains(_policy.Log.Loud, static text => text.Contains("(truncated)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_that_sends_no_more_still_gets_its_answer()
    {
        var held = _policy.Resolver.Hold("slow@shared.example");
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("slow@shared.example"));
        connection.EndSending();
        Assert.False(connection.Served.IsCompleted);

        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _policy.Resolver.Asked.Single().Address });

        Assert.Equal(PolicyFixture.Dunno, connection.Received());
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public void A_reset_ends_the_connection_without_noise()
    {
        _policy.Resolver.Valid("a@b.example");
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("a@b.example"));
        connection.Reset();

        Assert.True(connection.IsClosed);
        Assert.Empty(_policy.Log.Loud);
    }

    [Fact]
    public void A_client_that_takes_no_answers_is_cut()
    {
        var connection = _policy.Connect(window: 20);
        connection.Send(PolicyRequests.Rcpt("a@b.example") + PolicyRequests.Rcpt("a@b.example"));
        Assert.False(connection.Served.IsCompleted);

        connection.Pass(_policy.Time, TimeSpan.FromSeconds(29));
        Assert.False(connection.Aborted);
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(3));

        Assert.True(connection.Aborted);
        Assert.True(connection.Served.IsCompleted);
    }

    [Fact]
    public void A_lookup_that_never_ends_is_cut_and_told_to_the_operator()
    {
        _policy.Resolver.Hold("slow@shared.example");
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("slow@shared.example"));
        connection.Pass(_policy.Time, TimeSpan.FromSeconds(62));

        Assert.True(connection.Aborted);
        Assert.Contains(_policy.Log.Loud, static text => text.Contains("hung", StringComparison.Ordinal));
    }

    [Fact]
    public void Rubbish_does_not_fill_the_log()
    {
        for (var i = 0; i < 100; i++)
            _policy.Connect().Send("\n");
        Assert.Equal(10, _policy.Log.Loud.Count());

        _policy.Time.Advance(TimeSpan.FromMinutes(1));
        _policy.Connect().Send("\n");

        Assert.Equal(11, _policy.Log.Loud.Count());
        Assert.Contains("90 like it", _policy.Log.Loud.Last(), StringComparison.Ordinal);
        Assert.Equal(90, _policy.Log.Lines.Count(static line => line.Level == LogLevel.Debug));
    }

    [Fact]
    public async Task A_flood_on_one_connection_is_answered_whole()
    {
        _policy.Resolver.Valid("a@b.example");
        var connection = _policy.Connect(window: 1024 * 1024);
        var request = PolicyRequests.Rcpt("a@b.example");

        connection.Send(string.Concat(Enumerable.Repeat(request, 5000)));
        connection.EndSending();

        await connection.Served;
        Assert.Equal(5000 * PolicyFixture.Dunno.Length, connection.Received().Length);
    }

    [Fact]
    public void At_the_end_an_idle_connection_is_closed_at_once()
    {
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("a@b.example"));
        connection.RequestClose();

        Assert.True(connection.IsClosed);
        Assert.Equal(PolicyFixture.Dunno, connection.Received());
    }

    [Fact]
    public void At_the_end_a_lookup_under_way_is_answered_first()
    {
        var held = _policy.Resolver.Hold("slow@shared.example");
        var connection = _policy.Connect();
        connection.Send(PolicyRequests.Rcpt("slow@shared.example") + PolicyRequests.Rcpt("a@b.example"));
        connection.RequestClose();
        Assert.False(connection.Served.IsCompleted);

        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _policy.Resolver.Asked.First().Address });

        Assert.Equal(PolicyFixture.Dunno + PolicyFixture.Dunno, connection.Received());
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public void At_the_end_half_a_request_may_be_finished()
    {
        var connection = _policy.Connect();
        var request = PolicyRequests.Rcpt("a@b.example");
        connection.Send(request[..20]);
        connection.RequestClose();
        Assert.False(connection.Served.IsCompleted);

        connection.Send(request[20..]);

        Assert.Equal(PolicyFixture.Dunno, connection.Received());
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public void Many_idle_connections_need_no_timer()
    {
        var connections = Enumerable.Range(0, 500).Select(_ => _policy.Connect()).ToList();

        Assert.Equal(0, _policy.Time.ActiveTimers);
        Assert.All(connections, static connection => Assert.False(connection.Served.IsCompleted));
    }
}
