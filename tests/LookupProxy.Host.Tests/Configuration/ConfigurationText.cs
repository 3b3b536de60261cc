using LookupProxy.Host.Configuration;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>Configurations as text, in a folder of their own.</summary>
internal sealed class ConfigurationText : IDisposable
{
    /// <summary>The least that is valid without a warning; the recipients are the configuration's own lines.</summary>
    public const string Minimal = """
        directories:
          contoso: { type: file, path: lookupproxy.yaml, format: list }
        namespaces:
          shared: { domains: [corp.example], directories: [contoso] }
        endpoints:
          http: { listen: "127.0.0.1:10080" }

        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("lookupproxy-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public ConfigurationOutcome Load(string text) => new ConfigurationLoader(Environment, TimeProvider.System).Load(Write("lookupproxy.yaml", text));

    public HostConfiguration Valid(string text)
    {
        var outcome = Load(text);
        Assert.Equal([], outcome.Faults.Select(static fault => fault.ToString()));
        return outcome.Configuration!;
    }

    public string[] Faults(string text) => [.. Load(text).Faults.Select(fault => fault.ToString().Replace(Folder + "/", ""))];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
