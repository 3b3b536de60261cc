using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class ViewSection : SectionReader<ViewEntry>
{
    private static readonly Setting<ImmutableArray<Located<string>>> Namespaces =
        Setting.Required("namespaces", new Lists<string>(new Texts("names under namespaces")), []);

    public override IReadOnlyList<Setting> Inner { get; } = [Namespaces];

    protected override bool TryBuild(Section section, out ViewEntry value)
    {
        value = new ViewEntry(section.Name, section.Get(Namespaces));
        return true;
    }
}
