using LookupProxy.Host.Commands;
using Spectre.Console;

namespace LookupProxy.Host.Tests.Commands;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_and_tables_follow_each_other(bool isInteractive)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, TextReader.Null, isInteractive);

        terminal.Show(new Text("first"));
        terminal.Show(Tables.Of("left", "right").AddRow("1", "2"));
        terminal.Show(new Text("last"));

        // For people with colours, so the words only.
        Assert.Collection(
            output.ToString().TrimEnd('\n').Split('\n'),
            static line => Assert.Equal("first", line),
            static line => Assert.Matches("left.*right", line),
            static line => Assert.Matches("1 .*2", line),
            static line => Assert.Equal("last", line));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_long_line_is_left_for_the_terminal_to_break(bool isInteractive)
    {
        using var output = new StringWriter();
        var why = string.Join(' ', Enumerable.Repeat("cannot be reached", 30));

        new Terminal(output, TextWriter.Null, TextReader.Null, isInteractive).Show(Tables.Of("server", "last error").AddRow("ldaps://dc1.contoso.example", why));

        Assert.Contains(why, output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, output.ToString().TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData(0.0004, "0.4 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(1.25, "1.3 s")]
    [InlineData(600.0, "10 min")]
    [InlineData(86400.0, "24 h")]
    [InlineData(null, "")]
    public void Times_are_short(double? seconds, string text) => Assert.Equal(text, Tables.Seconds(seconds));
}
