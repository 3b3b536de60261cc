using System.Reflection;
using System.Xml.Linq;

namespace LookupProxy.Host.Tests.Architecture;

/// <summary>A reference points inward only.</summary>
public sealed class ReferenceTests
{
    /// <summary>What each room may know of the others.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["LookupProxy.Core"] = [],
        ["LookupProxy.Ldap"] = [],
        ["LookupProxy.Ldap.Client"] = ["LookupProxy.Ldap"],
        ["LookupProxy.Directories"] = ["LookupProxy.Core", "LookupProxy.Ldap.Client", "LookupProxy.Ldap"],
        ["LookupProxy.Resolution"] = ["LookupProxy.Core"],
        ["LookupProxy.Storage"] = ["LookupProxy.Core"],
        ["LookupProxy.Endpoints"] = ["LookupProxy.Core", "LookupProxy.Ldap"],
        ["LookupProxy.Host"] =
        [
            "LookupProxy.Core", "LookupProxy.Ldap", "LookupProxy.Ldap.Client", "LookupProxy.Directories", "LookupProxy.Resolution", "LookupProxy.Storage", "LookupProxy.Endpoints",
        ],
    };

    public static TheoryData<string> Rooms => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(static folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_references_only_what_lies_further_in(string room)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", room, room + ".csproj"));
        var references = project.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        Assert.Empty(references.Except(Allowed[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void An_assembly_uses_only_what_lies_further_in(string room)
    {
        var assembly = Assembly.Load(room == "LookupProxy.Host" ? "lookupproxy" : room);
        var used = assembly.GetReferencedAssemblies().Select(static name => name.Name!).Where(static name => name.StartsWith("LookupProxy", StringComparison.Ordinal));

        Assert.Empty(used.Except(Allowed[room]));
    }

    [Theory]
    [InlineData("Endpoints", "Connections", "Telemetry")]
    [InlineData("Directories", "Entries")]
    public void Folders_that_stand_side_by_side_never_see_each_other(string room, params string[] shared)
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", "LookupProxy." + room))
            .Select(static folder => Path.GetFileName(folder))
            .Except([.. shared, "bin", "obj"])
            .ToArray();
        Assert.True(folders.Length >= 2, string.Join(' ', folders));

        foreach (var folder in folders)
        {
            foreach (var other in folders.Where(other => other != folder))
            {
                var seen = Repository.Below($"src/LookupProxy.{room}/{folder}").Where(source => source.Value.Contains($"{room}.{other}", StringComparison.Ordinal));
                Assert.Empty(seen.Select(static source => source.Key));
            }
        }
    }
}
