namespace LookupProxy.Host.Commands;

/// <summary>Which configuration file is meant when none is named.</summary>
/// <param name="Why">For the log.</param>
internal sealed record ConfigurationLocation(string File, string Why)
{
    public const string Variable = "LOOKUPPROXY_CONFIG";

    private const string Here = "config/lookupproxy.yaml";
    private const string Installed = "/etc/lookupproxy/lookupproxy.yaml";

    public static ConfigurationLocation Find(string? option, IReadOnlyDictionary<string, string> environment)
    {
        if (option is not null)
            return new ConfigurationLocation(option, "--config");
        if (environment.GetValueOrDefault(Variable) is { Length: > 0 } named)
            return new ConfigurationLocation(named, Variable);
        if (System.IO.File.Exists(Here))
            return new ConfigurationLocation(Here, "found in the current directory");
        if (System.IO.File.Exists(Installed))
            return new ConfigurationLocation(Installed, "found");
        return new ConfigurationLocation(Path.Combine(AppContext.BaseDirectory, Here), "the sample shipped with the program, as none was named");
    }
}
