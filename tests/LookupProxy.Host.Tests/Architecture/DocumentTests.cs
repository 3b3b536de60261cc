using System.Text.RegularExpressions;

namespace LookupProxy.Host.Tests.Architecture;

/// <summary>Documents that name a path or a type that is gone are worse than none.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Not in the repository: what builds and tests leave.</summary>
    private const string MadeByRuns = "artifacts/";

    public static TheoryData<string> Documents => [.. new[] { "README.md", "src/README.md", "tests/README.md" }.Where(static path => File.Exists(Path.Combine(Repository.Root, path)))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_type_that_is_named_exists(string document)
    {
        // Other people's, which the text speaks of.
        string[] foreign = ["WebApplication.CreateEmptyBuilder"];
        var missing = Quoted(document)
            .Where(static text => TypeName().IsMatch(text))
            .Except(foreign)
            .Where(static text => !Repository.Types.Contains(text.Split('.')[^1]) && !IsFolder(text));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_is_named_exists(string document)
    {
        var beside = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var linked = Link().Matches(Text(document)).Select(static match => match.Groups["path"].Value).Where(static path => !path.Contains("://", StringComparison.Ordinal));
        var missing = Quoted(document).Where(static text => FilePath().IsMatch(text))
            .Concat(linked)
            .Where(static path => !path.StartsWith(MadeByRuns, StringComparison.Ordinal))
            .Where(path => !Exists(Path.Combine(Repository.Root, path)) && !Exists(Path.Combine(beside, path)));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_alarm_is_explained()
    {
        var alarms = Repository.Below("src").SelectMany(static source => (source.Key.EndsWith("/AlarmNames.cs", StringComparison.Ordinal) ? Word() : Alarm()).Matches(source.Value))
            .Select(static match => match.Groups["name"].Value).Distinct().ToArray();
        Assert.Contains("mass-absence", alarms);
        Assert.Contains("store-down", alarms);

        Assert.Empty(alarms.Except(Quoted("deploy/README.md")));
    }

    private static string Text(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    private static IEnumerable<string> Quoted(string document) => Backticks().Matches(Text(document)).Select(static match => match.Groups["text"].Value).Distinct();

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <summary>A room, or a folder in one, is called as its namespace is.</summary>
    private static bool IsFolder(string name) =>
        Repository.Sources.Keys.Any(path => path.Contains($"/{name}/", StringComparison.Ordinal));

    [GeneratedRegex("\"(?<name>[a-z-]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("new Alarm\\(\"(?<name>[a-z-]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Alarm();

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Backticks();

    /// <summary>With a small letter in it: DUNNO and NAME are none.</summary>
    [GeneratedRegex(@"^[A-Z]\w*[a-z]\w*(\.[A-Z]\w*)*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TypeName();

    /// <summary>With a folder or an ending that the repository has; a leading slash is somewhere else, or a URL's path.</summary>
    [GeneratedRegex(@"^[\w.-]+(/[\w.-]+)+/?$|^[\w-]+\.(md|yaml|ldif|cs|csproj|props|sln|json)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FilePath();

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
