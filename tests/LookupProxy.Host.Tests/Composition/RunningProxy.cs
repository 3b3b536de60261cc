using System.Net;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Composition;

/// <summary>The proxy in this process, on free ports.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    /// <summary>Anna is in one directory, Tom in the other, both in both.</summary>
    public const string Sample = """
        directories:
          contoso: { type: file, path: contoso.txt }
          fabrikam: { type: file, path: fabrikam.txt }
        namespaces:
          shared: { domains: [corp.example], directories: [contoso, fabrikam], recipientDelimiter: "+" }
        endpoints:
          policy: { listen: "127.0.0.1:0" }
          http: { listen: "127.0.0.1:0", adminTokenFile: token }

        """;

    private RunningProxy(ProxyServer server) => Server = server;

    public ProxyServer Server { get; }

    public string Url => "http://" + Address("http");

    public IPEndPoint EndPoint(string endpoint) => ((ListenAddress.Ip)Listener(endpoint).Address).EndPoint;

    public string Address(string endpoint) => Listener(endpoint).Address.ToString();

    public static void WriteSample(ConfigurationText text)
    {
        // Old enough to be taken for whole at once.
        var written = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        File.SetLastWriteTimeUtc(text.Write("contoso.txt", "anna@corp.example\nboth@corp.example group\n"), written);
        File.SetLastWriteTimeUtc(text.Write("fabrikam.txt", "tom@corp.example\nboth@corp.example\n"), written);
        File.SetUnixFileMode(text.Write("token", "let me in\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>With the sample's files beside it.</summary>
    public static Task<RunningProxy> StartAsync(ConfigurationText text, string yaml = Sample)
    {
        WriteSample(text);
        return StartAsync(text.Valid(yaml));
    }

    public static async Task<RunningProxy> StartAsync(HostConfiguration configuration) =>
        new(await ProxyServer.StartAsync(configuration, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private OpenListener Listener(string endpoint) => Server.Listeners.First(listener => listener.Endpoint == endpoint);
}
