using System.Text;
using LookupProxy.Endpoints.Policy;

namespace LookupProxy.Endpoints.Tests.Policy;

public sealed class AttributeLinesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData("a=b\n\nc\n=\nd")]
    public void Lines_are_cut_as_one_byte_at_a_time_would(string text) => Check(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Wherever_a_block_begins_the_lines_are_the_same()
    {
        var random = new Random(4711);
        ReadOnlySpan<byte> letters = "aé=\n"u8;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = random.GetItems(letters, random.Next(300));
            // Long lines too: thin the newlines out.
            for (var i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] is (byte)'\n' or (byte)'=' && random.Next(100) < 10 * (round % 10))
                    bytes[i] = (byte)'x';
            }

            Check(bytes);
        }
    }

    private static void Check(byte[] bytes)
    {
        var lines = new AttributeLines(bytes);
        var start = 0;
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            Assert.True(lines.Next(out var line, out var hasEquals));
            Assert.Equal(bytes.AsSpan(start..end), line);
            Assert.Equal(bytes.AsSpan(start..end).Contains((byte)'='), hasEquals);
            start = end + 1;
            Assert.Equal(start, lines.Position);
        }

        Assert.False(lines.Next(out _, out _));
        Assert.False(lines.Next(out _, out _));
        Assert.Equal(start, lines.Position);
    }
}
