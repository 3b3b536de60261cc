using System.Text;
using System.Text.RegularExpressions;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Documents;

/// <summary>What README.md shows is typed as it stands, and what comes back is what it says.</summary>
public sealed partial class ReadmeTests
{
    private const string Serve = "dotnet run --project src/LookupProxy.Host -c Release";
    private const string Separator = "=== next ===";

    private static readonly string[] RunsTests = ["tests/run", "tests/run --unit"];

    [Fact]
    public async Task Every_command_of_the_readme_does_what_it_says()
    {
        var commands = ShownCommand.Of(await File.ReadAllTextAsync(Repository.File("README.md")));
        Assert.Contains(commands, static command => command.Text == Serve);
        Assert.Contains(commands, static command => command.Text == RunsTests[0]);
        var typed = commands.Where(static command => command.Text != Serve && !RunsTests.Contains(command.Text)).ToArray();
        Assert.NotEmpty(typed);

        var script = new TemporaryFolder("readme");
        try
        {
            var result = await Command.RunAsync(
                Tool.RequireAsRoot("unshare"),
                ["--net", "bash", script.Write("commands.sh", Script(typed))],
                within: TimeSpan.FromMinutes(3),
                folder: Repository.Root);
            var outputs = result.Output.Split(Separator + "\n");
            Assert.True(outputs.Length == typed.Length + 1, $"{outputs.Length - 1} of {typed.Length} commands ran\n{result.Output}\n{result.Error}");
            foreach (var (command, output) in typed.Zip(outputs.Skip(1)))
                Assert.Equal($"$ {command.Text}\n{Settled(command.Output)}", $"$ {command.Text}\n{Settled(output)}");
        }
        finally
        {
            script.Dispose();
        }
    }

    /// <summary>In a network of its own, since the embedded sample's ports are fixed and somebody may be trying it out beside us.</summary>
    private static string Script(IEnumerable<ShownCommand> typed)
    {
        var script = new StringBuilder($$"""
            ip link set lo up
            setsid {{Serve}} >{{Path.GetTempPath()}}lookupproxy-readme-$$.log 2>&1 &
            server=$!
            trap 'kill -TERM -$server; wait $server; rm -f {{Path.GetTempPath()}}lookupproxy-readme-$$.log' EXIT
            for attempt in $(seq 600); do
                curl -sf http://127.0.0.1:10080/health/ready >/dev/null && break
                kill -0 $server || { cat {{Path.GetTempPath()}}lookupproxy-readme-$$.log; exit 1; }
                sleep 0.1
            done

            """);
        foreach (var command in typed)
            script.Append($"echo '{Separator}'\n{{ {command.Text}\n}} 2>&1\n");
        return script.ToString();
    }

    /// <summary>Without what differs from run to run: times, and the room that columns of times take.</summary>
    private static string Settled(string output) => Spaces().Replace(Times().Replace(output, "N"), " ").TrimEnd();

    [GeneratedRegex(@"\d+(\.\d+)? (µs|ms|s)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
