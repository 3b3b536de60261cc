using System.Buffers;
using System.Text;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Policy;
using LookupProxy.TestKit.Buffers;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class PolicyRequestReaderTests
{
    private const int Limit = 4096;

    private readonly PolicyRequestReader _reader = new(Limit);

    [Fact]
    public void A_request_of_Postfix_is_read()
    {
        var read = Read(PolicyRequests.Postfix37);

        Assert.Equal(new Outcome(FrameStatus.Done, "RCPT", "valid1@shared.example", "", "", Left: 0), read);
    }

    [Theory]
    [MemberData(nameof(PolicyRequests.Versions), MemberType = typeof(PolicyRequests))]
    public void The_attributes_of_every_Postfix_version_are_read_in_any_order(string version)
    {
        var lines = PolicyRequests.Lines(version);
        var random = new Random(4711);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(lines);

            var read = Read(string.Join('\n', lines) + "\n\n");

            Assert.Equal(FrameStatus.Done, read.Status);
            Assert.Equal("RCPT", read.State);
            Assert.Equal("Valid1@shared.example", read.Recipient);
            Assert.Equal(lines.Contains("policy_context=corp") ? "corp" : "", read.Context);
        }
    }

    [Fact]
    public void Every_prefix_needs_more_and_consumes_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes(PolicyRequests.Postfix37);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(new Outcome(FrameStatus.NeedMore, Left: length), Read(new ReadOnlySequence<byte>(bytes.AsMemory(0, length))));
            Assert.Equal(new Outcome(FrameStatus.NeedMore, Left: length), Read(SegmentedBuffer.Of(bytes.AsMemory(0, length))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(400)]
    public void Segments_make_no_difference(int segmentSize)
    {
        var text = PolicyRequests.Postfix37 + PolicyRequests.Rcpt("second@shared.example", "sasl_username=anna", "policy_context=b") + "request=";
        var buffer = SegmentedBuffer.Of(Encoding.UTF8.GetBytes(text), segmentSize);

        Assert.Equal("valid1@shared.example", Read(ref buffer).Recipient);
        var second = Read(ref buffer);
        Assert.Equal(new Outcome(FrameStatus.Done, "RCPT", "second@shared.example", "anna", "b", Left: 8), second);
        Assert.Equal(new Outcome(FrameStatus.NeedMore, Left: 8), Read(ref buffer));
    }

    [Fact]
    public void Unknown_attributes_are_ignored() =>
        Assert.Equal("a@b.example", Read(PolicyRequests.Rcpt("a@b.example", "sasl_usernames=x", "recipients=c@d.example", "protocol_states=DATA", "zebra=", "policy=", "r=", "s=1", "p==")).Recipient);

    [Fact]
    public void Of_an_attribute_given_twice_the_last_counts() =>
        Assert.Equal("second@b.example", Read(PolicyRequests.Rcpt("first@b.example", "recipient=second@b.example")).Recipient);

    [Fact]
    public void A_missing_attribute_is_empty() =>
        Assert.Equal(new Outcome(FrameStatus.Done, Left: 0), Read(PolicyRequests.Of()));

    [Fact]
    public void A_value_may_hold_an_equals_sign_spaces_and_UTF8() =>
        Assert.Equal("a=b c\"é@b.example", Read(PolicyRequests.Rcpt("a=b c\"é@b.example")).Recipient);

    [Theory]
    [InlineData("\n", "empty_request")]
    [InlineData("\n\n", "empty_request")]
    [InlineData("request=smtpd_access_policy\nrubbish\n\n", "not_an_attribute")]
    [InlineData("request=smtpd_access_policy\nrubbish\n", "not_an_attribute")]
    [InlineData("request=smtpd_access_policy\n=value\n\n", "not_an_attribute")]
    [InlineData("request=smtpd_access_policy\n\r\n", "not_an_attribute")]
    [InlineData("recipient\n\n", "not_an_attribute")]
    [InlineData("GET / HTTP/1.1\r\n", "not_an_attribute")]
    [InlineData("\u0016\u0003\u0001\u0002", "not_an_attribute")]
    [InlineData("request=smtpd_access_policy\n\0", "not_an_attribute")]
    [InlineData("request=junk_mail\n", "wrong_request_type")]
    [InlineData("request=\n\n", "wrong_request_type")]
    [InlineData("recipient=a@b.example\n\n", "wrong_request_type")]
    public void What_is_no_policy_request_is_a_fault(string text, string fault)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(FrameStatus.Fault, Read(new ReadOnlySequence<byte>(bytes)).Status);
        Assert.Equal(fault, _reader.Fault.Word());
        Assert.Equal(FrameStatus.Fault, Read(SegmentedBuffer.Of(bytes)).Status);
        Assert.Equal(fault, _reader.Fault.Word());
    }

    [Fact]
    public void A_request_of_the_greatest_length_is_read()
    {
        var text = PolicyRequests.Of("padding=");
        text = PolicyRequests.Of("padding=" + new string('x', Limit - text.Length));

        Assert.Equal(Limit, text.Length);
        Assert.Equal(FrameStatus.Done, Read(text).Status);
        Assert.Equal(FrameStatus.Done, Read(SegmentedBuffer.Of(Encoding.UTF8.GetBytes(text), 1000)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_request_over_the_limit_is_a_fault_whole_or_not(int excess)
    {
        var text = PolicyRequests.Of("padding=");
        text = PolicyRequests.Of("padding=" + new string('x', Limit - text.Length + excess));
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(FrameStatus.Fault, Read(new ReadOnlySequence<byte>(bytes)).Status);
        Assert.Equal(PolicyFault.TooLong, _reader.Fault);
        Assert.Equal(FrameStatus.Fault, Read(SegmentedBuffer.Of(bytes, 512)).Status);
        Assert.Equal(PolicyFault.TooLong, _reader.Fault);
        Assert.Equal(FrameStatus.Fault, Read(new ReadOnlySequence<byte>(bytes.AsMemory(0, Limit))).Status);
        Assert.Equal(PolicyFault.TooLong, _reader.Fault);
    }

    private Outcome Read(string text) => Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)));

    private Outcome Read(ReadOnlySequence<byte> buffer) => Read(ref buffer);

    private Outcome Read(ref ReadOnlySequence<byte> buffer)
    {
        var status = _reader.TryRead(ref buffer, out var request);
        return status == FrameStatus.Done
            ? new(status, Text(request.ProtocolState), Text(request.Recipient), Text(request.SaslUsername), Text(request.PolicyContext), buffer.Length)
            : new(status, Left: buffer.Length);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private sealed record Outcome(FrameStatus Status, string State = "", string Recipient = "", string User = "", string Context = "", long Left = 0);
}
