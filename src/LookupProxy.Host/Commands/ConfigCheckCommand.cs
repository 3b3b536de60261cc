using System.CommandLine;
using System.Text.Json;
using LookupProxy.Host.Configuration;
using LookupProxy.Host.Configuration.Faults;

namespace LookupProxy.Host.Commands;

/// <summary>"config check": everything that is wrong with a configuration file, without starting anything.</summary>
internal static class ConfigCheckCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string?>("FILE") { Description = "The configuration file; else the one that serve would use.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("check", "Check a configuration file whole. Exit code 0 when it can be used, 78 when not.") { file, json };
        command.SetAction(parsed => Run(context, parsed.GetValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, string? file, bool asJson)
    {
        var location = ConfigurationLocation.Find(file, context.Environment);
        var outcome = new ConfigurationLoader(context.Environment, context.Time).Load(location.File);
        if (asJson)
            context.Terminal.Out.WriteLine(JsonOutput.Document(json => WriteJson(json, outcome)));
        else
            FaultReport.Write(context.Terminal.Out, outcome);
        return outcome.Configuration is null ? ExitCode.Configuration : ExitCode.Ok;
    }

    private static void WriteJson(Utf8JsonWriter json, ConfigurationOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("file", outcome.File);
        json.WriteBoolean("valid", outcome.Configuration is not null);
        json.WriteNumber("errors", outcome.Errors);
        json.WriteNumber("warnings", outcome.Warnings);
        json.WriteStartArray("faults");
        foreach (var fault in outcome.Faults)
            WriteFault(json, fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFault(Utf8JsonWriter json, ConfigFault fault)
    {
        json.WriteStartObject();
        json.WriteString("severity", fault.Severity == FaultSeverity.Error ? "error" : "warning");
        json.WriteString("source", fault.Origin.Source);
        json.WriteNumber("line", fault.Origin.Line);
        json.WriteNumber("column", fault.Origin.Column);
        json.WriteString("path", fault.Path);
        json.WriteString("message", fault.Message);
        json.WriteString("found", fault.Found);
        json.WriteString("allowed", fault.Allowed);
        json.WriteString("suggestion", fault.Suggestion);
        json.WriteEndObject();
    }
}
