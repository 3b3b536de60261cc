using Spectre.Console;
using Spectre.Console.Rendering;

namespace LookupProxy.Host.Commands;

/// <summary>What a command reads and writes. Answers go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TextReader input, bool isInteractive)
{
    /// <summary>Wide enough that nothing is wrapped for a program.</summary>
    private const int PipeWidth = 4096;

    public TextWriter Out => output;

    public TextWriter Error => error;

    public TextReader In => input;

    /// <summary>Colours and progress are only for people.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>NO_COLOR: https://no-color.org.</summary>
    public static Terminal OfProcess(IReadOnlyDictionary<string, string> environment) =>
        new(Console.Out, Console.Error, Console.In, !Console.IsOutputRedirected && !Console.IsErrorRedirected && !environment.ContainsKey("NO_COLOR"));

    /// <summary>On standard output. For programs in lines without an end of blanks.</summary>
    public void Show(IRenderable content)
    {
        if (isInteractive)
        {
            ConsoleOn(output).Write(content);
            return;
        }

        using var text = new StringWriter();
        ConsoleOn(text).Write(content);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            output.WriteLine(line.TrimEnd());
    }

    /// <summary>As <see cref="Show"/>, for what does not end its line itself, as a table does.</summary>
    public void ShowLine(IRenderable content)
    {
        Show(content);
        if (isInteractive)
            output.WriteLine();
    }

    /// <summary>On standard error.</summary>
    public Progress Progress() => ConsoleOn(error).Progress().AutoClear(true);

    private IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isInteractive)
            console.Profile.Width = PipeWidth;
        return console;
    }
}
