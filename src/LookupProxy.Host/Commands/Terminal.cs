using Spectre.Console;
using Spectre.Console.Rendering;

namespace LookupProxy.Host.Commands;

/// <summary>What a command reads and writes. Answers go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TextReader input, bool isInteractive)
{
    /// <summary>Lines are broken by nobody but the terminal: what is copied from it is whole, and a narrow one does not squeeze an error into a column of single letters.</summary>
    private const int Unbroken = 4096;

    public TextWriter Out => output;

    public TextWriter Error => error;

    public TextReader In => input;

    /// <summary>Colours and progress are only for people.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>NO_COLOR: https://no-color.org.</summary>
    public static Terminal OfProcess(IReadOnlyDictionary<string, string> environment) =>
        new(Console.Out, Console.Error, Console.In, !Console.IsOutputRedirected && !Console.IsErrorRedirected && !environment.ContainsKey("NO_COLOR"));

    /// <summary>On standard output, in lines without an end of blanks.</summary>
    public void Show(IRenderable content)
    {
        using var text = new StringWriter();
        var console = ConsoleOn(text);
        var terminal = ConsoleOn(output).Profile.Capabilities;
        (console.Profile.Capabilities.Ansi, console.Profile.Capabilities.ColorSystem) = (terminal.Ansi, terminal.ColorSystem);
        console.Profile.Width = Unbroken;
        console.Write(content);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            output.WriteLine(line.TrimEnd());
    }

    /// <summary>On standard error.</summary>
    public Progress Progress() => ConsoleOn(error).Progress().AutoClear(true);

    private IAnsiConsole ConsoleOn(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
