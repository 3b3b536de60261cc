using System.CommandLine;

namespace LookupProxy.Host.Commands;

/// <summary>Options that several commands have, so that they are the same in each.</summary>
internal static class CommonOptions
{
    private const string DefaultUrl = "http://127.0.0.1:10080";

    public static Option<bool> Json(string description = "Write JSON, for scripts.") => new("--json") { Description = description };

    public static Option<string?> Config() => new("--config", "-c")
    {
        Description = $"The configuration file; else {ConfigurationLocation.Variable}, ./config/lookupproxy.yaml, /etc/lookupproxy/lookupproxy.yaml, or the sample shipped with the program.",
        HelpName = "FILE",
    };

    public static Option<Uri?> Url(string description) =>
        new("--url", "-u") { Description = description, HelpName = "URL", CustomParser = ParseUrl };

    /// <summary>For commands that have no other way.</summary>
    public static Option<Uri?> ServerUrl()
    {
        var url = Url($"The server to ask; else {DefaultUrl}.");
        url.DefaultValueFactory = static _ => new Uri(DefaultUrl);
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
