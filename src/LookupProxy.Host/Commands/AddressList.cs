namespace LookupProxy.Host.Commands;

/// <summary>The addresses a command line names: arguments, and for "-" the lines of standard input.</summary>
internal static class AddressList
{
    private const string StandardInput = "-";

    public static IEnumerable<string> Read(IEnumerable<string> arguments, TextReader input) =>
        arguments.SelectMany(argument => argument == StandardInput ? Lines(input) : [argument]);

    private static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            var text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
                yield return text;
        }
    }
}
