using System.Net;
using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Haraka;

/// <summary>A real Haraka that takes mail for the shared domains, with a configuration of its own.</summary>
internal sealed class HarakaGateway : IMailGateway
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("haraka");
    private RunningProgram? _haraka;

    public int Port { get; } = LoopbackPorts.Next();

    public string Log => _haraka?.Output.ToString() ?? "";

    /// <param name="plugins">Lines of config/plugins.</param>
    /// <param name="files">Others of its folder, by path.</param>
    public static Task<HarakaGateway> StartAsync(string plugins, params IEnumerable<(string Path, string Text)> files) =>
        Started.WholeAsync(new HarakaGateway(), gateway => gateway.StartCoreAsync(plugins, files));

    public async ValueTask DisposeAsync()
    {
        if (_haraka is not null)
            await _haraka.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartCoreAsync(string plugins, IEnumerable<(string Path, string Text)> files)
    {
        _folder.Write("config/me", "gateway.example\n");
        // It needs this one, as its installation writes it.
        File.Copy($"{Tool.HarakaModules}/Haraka/config/connection.ini", _folder.File("config/connection.ini"));
        _folder.Write("config/loglevel", "INFO\n");
        _folder.Write("config/plugins", plugins);
        _folder.Write("config/smtp.ini", $"listen=127.0.0.1:{Port}\n");
        _folder.Write("config/host_list", GatewayRecipe.Domains.Replace(", ", "\n", StringComparison.Ordinal) + "\n");
        _folder.Folder("queue");
        foreach (var (path, text) in files)
            _folder.Write(path, text);
        Directory.CreateSymbolicLink(_folder.File("node_modules"), Tool.HarakaModules);
        _haraka = RunningProgram.Start(Tool.Node, [Tool.Haraka, "-c", _folder.FullName]);
        await _haraka.ListensAsync(IPAddress.Loopback, Port, StartWithin, "Haraka", () => Log);
    }
}
