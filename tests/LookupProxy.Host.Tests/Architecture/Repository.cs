using System.Text.RegularExpressions;

namespace LookupProxy.Host.Tests.Architecture;

/// <summary>The sources as they lie.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Every C# file that people wrote, by its path below <see cref="Root"/>.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = Read();

    /// <summary>The name of every type in them.</summary>
    public static IReadOnlySet<string> Types { get; } =
        Sources.Values.SelectMany(static text => Declaration().Matches(text)).Select(static match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<KeyValuePair<string, string>> Below(string folder) =>
        Sources.Where(source => source.Key.StartsWith(folder + "/", StringComparison.Ordinal));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LookupProxy.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("Not in the repository");
        return folder.FullName;
    }

    private static Dictionary<string, string> Read()
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var room in new[] { "src", "tests" })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, room), "*.cs", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(Root, file);
                if (!path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                    sources.Add(path, File.ReadAllText(file));
            }
        }

        return sources;
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum|delegate\s+[\w<>]+)\s+(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
