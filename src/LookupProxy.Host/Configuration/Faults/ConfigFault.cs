using System.Text;
using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Faults;

/// <param name="Path">The setting; empty when the fault is the file's.</param>
/// <param name="Found">What was written, when it is no secret.</param>
/// <param name="Allowed">What may be written.</param>
/// <param name="Suggestion">What was probably meant.</param>
internal sealed record ConfigFault(
    FaultSeverity Severity,
    Origin Origin,
    string Path,
    string Message,
    string? Found = null,
    string? Allowed = null,
    string? Suggestion = null)
{
    private const int MaxFound = 80;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(Origin.ToString()).Append(": ").Append(Severity == FaultSeverity.Error ? "error: " : "warning: ");
        if (Path.Length > 0)
            text.Append(Path).Append(": ");
        text.Append(Message);
        if (Found is not null)
            text.Append("; found \"").Append(Printable(Found)).Append('"');
        if (Allowed is not null)
            text.Append("; allowed: ").Append(Allowed);
        if (Suggestion is not null)
            text.Append("; did you mean \"").Append(Suggestion).Append("\"?");
        return text.ToString();
    }

    private static string Printable(string found)
    {
        var text = found.Length <= MaxFound ? found : found[..MaxFound] + "…";
        return string.Concat(text.Select(static c => char.IsControl(c) ? '\u00b7' : c));
    }
}
