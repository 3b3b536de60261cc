using System.CommandLine;

namespace LookupProxy.Host.Commands;

/// <summary>Options that several commands have, so that they are the same in each.</summary>
internal static class CommonOptions
{
    public const string DefaultUrl = "http://127.0.0.1:10080";

    public static Option<bool> Json() => new("--json") { Description = "Write JSON, for scripts." };

    public static Option<string?> Config() => new("--config", "-c")
    {
        Description = $"The configuration file; else {ConfigurationLocation.Variable}, ./config/lookupproxy.yaml, /etc/lookupproxy/lookupproxy.yaml, or the sample shipped with the program.",
        HelpName = "FILE",
    };

    public static Option<Uri?> Url(string description)
    {
        var url = new Option<Uri?>("--url", "-u") { Description = description, HelpName = "URL", CustomParser = ParseUrl };
        return url;
    }

    private static Uri? ParseUrl(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        result.AddError($"--url: \"{text}\" is no http:// or https:// URL");
        return null;
    }
}
