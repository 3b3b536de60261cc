using LookupProxy.Host.Configuration;

namespace LookupProxy.Host.Commands;

/// <summary>What is wrong with a configuration, for people.</summary>
internal static class FaultReport
{
    public static void Write(TextWriter writer, ConfigurationOutcome outcome)
    {
        foreach (var fault in outcome.Faults)
            writer.WriteLine(fault.ToString());
        writer.WriteLine(outcome.Configuration is null
            ? $"{outcome.File}: {Count(outcome.Errors, "error")}, {Count(outcome.Warnings, "warning")}; nothing is started with it"
            : $"{outcome.File}: valid, {Count(outcome.Warnings, "warning")}");
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
