using System.Net;
using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Postfix;

/// <summary>A real Postfix that relays for the shared domain, with a configuration, queue and log of its own.</summary>
internal sealed class PostfixGateway : IMailGateway
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("postfix");
    private RunningProgram? _master;

    public int Port { get; } = LoopbackPorts.Next();

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => _folder.File("maillog");

    /// <param name="recipe">Lines of main.cf that make it ask LookupProxy: see <see cref="PostfixRecipe"/>.</param>
    public static Task<PostfixGateway> StartAsync(string recipe) =>
        Started.WholeAsync(new PostfixGateway(), gateway => gateway.StartCoreAsync(recipe));

    /// <summary>What a sending mail server is told of one recipient, in a session of its own.</summary>
    public async Task<SmtpReply> RecipientAsync(string address)
    {
        await using var session = await SmtpSession.BeginAsync(Port);
        return await session.RecipientAsync(address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_master is not null)
            await _master.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartCoreAsync(string recipe)
    {
        var etc = _folder.Folder("etc");
        _folder.Write("etc/main.cf", PostfixConfiguration.MainCf(recipe, _folder, LogFile));
        _folder.Write("etc/master.cf", PostfixConfiguration.MasterCf(Port));
        var data = _folder.Folder("data");
        await Command.MustAsync("chown", ["postfix", data]);
        _folder.Folder("queue");
        // "postfix start-fg" would leave its shell between us and the master; "check" makes the queue's folders.
        await Command.MustAsync(Tool.Postfix, ["-c", etc, "check"]);
        _master = RunningProgram.Start(Tool.PostfixMaster, ["-c", etc, "-d"]);
        await _master.ListensAsync(IPAddress.Loopback, Port, StartWithin, "Postfix", () => $"{_master.Output.Tail(30)}\n{Log}");
    }
}
