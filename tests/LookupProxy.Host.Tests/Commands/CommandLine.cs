using LookupProxy.Host.Commands;

namespace LookupProxy.Host.Tests.Commands;

/// <summary>The program in this process, as a script would run it.</summary>
internal sealed class CommandLine
{
    public Dictionary<string, string> Environment { get; } = [];

    public string Input { get; set; } = "";

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(Input);
        var context = new CommandContext(new Terminal(output, error, input, isInteractive: false), Environment, TimeProvider.System);
        var code = await CommandTree.InvokeAsync(arguments, context, TestContext.Current.CancellationToken);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }
}
