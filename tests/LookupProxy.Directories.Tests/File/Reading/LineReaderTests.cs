using System.Text;
using LookupProxy.Directories.File.Reading;

namespace LookupProxy.Directories.Tests.File.Reading;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\n\r\nb", new[] { "a", "", "b" })]
    [InlineData("\n\n", new[] { "", "" })]
    [InlineData("\uFEFFa\n", new[] { "a" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    public void Lines_end_with_LF_or_CRLF(string text, string[] expected)
    {
        Assert.Equal(expected, Lines(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(expected, Lines(new TrickleStream(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void The_next_lines_first_octet_is_known_across_reads()
    {
        var lines = new LineReader(new TrickleStream("ab\n c\n"u8.ToArray()), 100);
        Assert.True(lines.TryRead(out var line));
        Assert.Equal("ab", Encoding.UTF8.GetString(line));
        Assert.Equal(' ', lines.Next);
        Assert.True(lines.TryRead(out line));
        Assert.Equal(" c", Encoding.UTF8.GetString(line));
        Assert.Equal(2, lines.Number);
        Assert.Equal(-1, lines.Next);
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read()
    {
        var text = new string('x', 200_000) + "\n" + new string('y', 70_000) + "\n";
        Assert.Equal([200_000, 70_000], Lines(new MemoryStream(Encoding.UTF8.GetBytes(text))).Select(line => line.Length));
    }

    [Fact]
    public void An_endless_line_is_refused_before_it_fills_memory()
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes("ok\n" + new string('x', 10_000_000)));
        var fault = Assert.Throws<RecipientFileException>(() => Lines(stream, maxLine: 100_000));
        Assert.Equal(2, fault.Line);
        Assert.True(stream.Position < 1_000_000);
    }

    [Fact]
    public void What_is_no_UTF8_text_is_refused()
    {
        Assert.Contains("UTF-16", Assert.Throws<RecipientFileException>(() => Lines(new MemoryStream(Encoding.Unicode.GetPreamble()))).Message, StringComparison.Ordinal);
        var fault = Assert.Throws<RecipientFileException>(() => Lines(new MemoryStream("a\nb\0\n"u8.ToArray())));
        Assert.Equal(2, fault.Line);
    }

    private static List<string> Lines(Stream stream, int maxLine = 1 << 20)
    {
        var reader = new LineReader(stream, maxLine);
        List<string> lines = [];
        while (reader.TryRead(out var line))
            lines.Add(Encoding.UTF8.GetString(line));
        return lines;
    }
}
