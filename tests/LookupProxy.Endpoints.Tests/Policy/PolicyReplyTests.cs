using System.Buffers;
using System.Text;
using LookupProxy.Endpoints.Policy;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class PolicyReplyTests
{
    [Fact]
    public void Placeholders_are_filled_in() =>
        Assert.Equal(
            "action=550 5.1.1 <anna@b.example> is not in b.example (Timeout)\n\n",
            Write("550 5.1.1 <{address}> is not in {domain} ({reason})", "anna@b.example", "b.example", "Timeout"));

    [Theory]
    [InlineData("a\nb", "a?b")]
    [InlineData("a\r\n\nb", "a???b")]
    [InlineData("a\0\u001b[2Jb\u007f\u0085\u2028", "a??[2Jb???")]
    [InlineData("é€😀", "é€😀")]
    public void What_a_client_put_in_stays_one_line_without_controls(string address, string safe) =>
        Assert.Equal($"action=550 5.1.1 {safe}\n\n", Write("550 5.1.1 {address}", address));

    [Fact]
    public void Half_a_surrogate_pair_does_not_make_invalid_UTF8()
    {
        var bytes = WriteBytes("550 5.1.1 {address}", "a\ud83db");

        Assert.Equal("action=550 5.1.1 a?b\n\n", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("😀")]
    public void A_reply_is_of_bounded_length_and_never_cut_within_a_character(string character)
    {
        var bytes = WriteBytes("550 5.1.1 {address}{address}{address}", string.Concat(Enumerable.Repeat(character, 400)));

        Assert.InRange(bytes.Length, 900, "action=".Length + PolicyReply.MaxActionBytes + 2);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.EndsWith(character + "\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Braces_of_the_address_are_no_placeholders() =>
        Assert.Equal("action=550 5.1.1 {domain}@b.example\n\n", Write("550 5.1.1 {address}", "{domain}@b.example", "b.example"));

    private static string Write(string template, string address, string domain = "", string reason = "") =>
        Encoding.UTF8.GetString(WriteBytes(template, address, domain, reason));

    private static byte[] WriteBytes(string template, string address, string domain = "", string reason = "")
    {
        var output = new ArrayBufferWriter<byte>();
        PolicyReply.Compile(template, "test").Write(output, address, domain, reason);
        return output.WrittenSpan.ToArray();
    }
}
