using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Samba;

namespace LookupProxy.SystemTests.Directories;

/// <summary>One Samba AD forest, and LookupProxy set up to ask it in one way or another.</summary>
public sealed class OneForest : IAsyncLifetime
{
    internal SambaForest Forest { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Forest = await SambaForest.StartAsync("contoso");

    public async ValueTask DisposeAsync()
    {
        if (Forest is not null)
            await Forest.DisposeAsync();
    }

    /// <param name="changes">Lines "key: value" that replace a setting of the directory or add one; "-key" takes one away. HOST stands for the forest's address.</param>
    internal Task<LookupProxyServer> ProxyAsync(string changes) => LookupProxyServer.StartWithAsync(proxy =>
        $$"""
        directories:
          contoso:
        {{Directory(proxy, changes)}}
        namespaces:
          shared: { domains: [corp.example], directories: [contoso] }
        endpoints:
          http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
        """);

    private string Directory(LookupProxyServer proxy, string changes)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "ldap",
            ["schema"] = "active-directory",
            ["servers"] = "[\"ldaps://HOST\"]",
            ["baseDn"] = $"\"{Forest.BaseDn}\"",
            ["bindDn"] = Forest.ServiceName,
            ["passwordFile"] = proxy.PasswordFile("contoso"),
            ["tls"] = $"{{ caFile: {proxy.AuthorityFile} }}",
        };
        foreach (var change in changes.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (change.StartsWith('-'))
                settings.Remove(change[1..]);
            else
                settings[change.Split(": ", 2)[0]] = change.Split(": ", 2)[1].Replace("CA", proxy.AuthorityFile, StringComparison.Ordinal);
        }

        return string.Join('\n', settings.Select(setting => $"    {setting.Key}: {setting.Value.Replace("HOST", $"{Forest.Address}", StringComparison.Ordinal)}"));
    }
}
