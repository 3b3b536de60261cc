using System.Collections.Immutable;
using LookupProxy.Core.Lookups;

namespace LookupProxy.Core.Tests.Lookups;

public sealed class NamespaceMapTests
{
    private static readonly NamespaceOutline Shared = new("shared", ["corp.example", "corp.test"], ["contoso"]);
    private static readonly NamespaceOutline Litware = new("litware", ["litware.example"], ["litware"]);

    [Fact]
    public void Without_views_everybody_sees_all_namespaces()
    {
        var map = new NamespaceMap([Shared, Litware], ImmutableDictionary<string, ImmutableArray<string>>.Empty, "default");

        Assert.Equal([Shared, Litware], map.Of(null));
        Assert.Equal([Shared, Litware], map.Of("no such view"));
        Assert.Same(Shared, map.OfDomain(null, "corp.test"));
        Assert.Null(map.OfDomain(null, "elsewhere.example"));
    }

    [Fact]
    public void A_view_sees_its_own_and_the_default_one_is_for_who_names_none()
    {
        var map = new NamespaceMap(
            [Shared, Litware], new Dictionary<string, ImmutableArray<string>> { ["default"] = ["shared"], ["inner"] = ["litware"] }, "default");

        Assert.Equal([Shared], map.Of(null));
        Assert.Equal([Litware], map.Of("inner"));
        Assert.Null(map.OfDomain("inner", "corp.example"));
    }
}
