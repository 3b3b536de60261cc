using System.CommandLine;
using System.Runtime.InteropServices;

namespace LookupProxy.Host.Commands;

/// <summary>"version".</summary>
internal static class VersionCommand
{
    public static Command Create(CommandContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("version", "Show the version of the program and of its runtime.") { json };
        command.SetAction(parsed => Run(context.Terminal.Out, parsed.GetValue(json)));
        return command;
    }

    private static void Run(TextWriter writer, bool asJson)
    {
        var (version, runtime, system) = (BuildInfo.Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
        if (!asJson)
        {
            writer.WriteLine($"lookupproxy {version} ({runtime}, {system})");
            return;
        }

        writer.WriteLine(JsonOutput.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("runtime", runtime);
            json.WriteString("platform", system);
            json.WriteEndObject();
        }));
    }
}
