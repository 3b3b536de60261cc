using LookupProxy.Core.Health;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Host.Commands;

namespace LookupProxy.Host.Tests.Commands;

public sealed class SnapshotReportTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Copies_are_shown_with_age_progress_and_error()
    {
        var lines = Report(
            Directory("contoso", new SnapshotHealth("fallback", SnapshotState.Ready, 1234, Now.AddMinutes(-5), Now.AddHours(-3), null, null, Now.AddMinutes(10))),
            Directory("fabrikam", new SnapshotHealth("primary", SnapshotState.Refused, 20, Now.AddHours(-5), Now.AddHours(-5), Now.AddMinutes(-3), "all gone", null) { Reading = 25, Expected = 100 }),
            Directory("litware", null));

        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^contoso +fallback +ready +1234 +5 min ago +3 h ago +in 10 min *$", lines[1]);
        Assert.Matches(@"^fabrikam +primary +refused +20 +5 h ago +5 h ago +reading 25 of 100 \(25 ?%\) +3 min ago: all gone *$", lines[2]);
    }

    [Fact]
    public void Without_a_copy_nothing_is_shown() => Assert.Empty(Report(Directory("contoso", null)));

    private static DirectoryBody Directory(string name, SnapshotHealth? snapshot) => DirectoryBody.Of(new DirectoryHealth(name, "ldap", []) { Snapshot = snapshot });

    private static string[] Report(params DirectoryBody[] directories)
    {
        var text = new StringWriter();
        SnapshotReport.Write(new Terminal(text, TextWriter.Null, TextReader.Null, isInteractive: false), directories, Now);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
