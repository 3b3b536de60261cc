using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>A section: its settings, and what they make together.</summary>
internal abstract class SectionReader<T> : ValueReader<T>
{
    public override string Allowed => "a section";

    /// <summary>All that the section may hold.</summary>
    public abstract override IReadOnlyList<Setting> Inner { get; }

    public override string? Show(T value) => "";

    public sealed override bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        var mapping = node switch
        {
            ConfigNode.Mapping given => given,
            ConfigNode.Scalar { IsEmpty: true } => new ConfigNode.Mapping(node.Origin, []),
            _ => null,
        };
        if (mapping is null)
        {
            scope.Error(node.Origin, $"a section is expected, here is {node.Kind}", allowed: Keys(Inner));
            return false;
        }

        var section = new Section(mapping, Inner, scope, out var undeclared);
        foreach (var entry in undeclared)
            TellUnknown(entry, scope);
        foreach (var later in section.Given.Where(static setting => !setting.IsBuilt))
            section.Get((Setting<object?>)later);
        return TryBuild(section, out value);
    }

    /// <summary>Reads all the settings and checks what they mean together.</summary>
    protected abstract bool TryBuild(Section section, [MaybeNullWhen(false)] out T value);

    private void TellUnknown(ConfigNode.Entry entry, ReadScope scope)
    {
        var nearest = Misspelling.Nearest(entry.Key, Inner.Select(static setting => setting.Key));
        scope.At(entry.Key, entry.KeyOrigin).Error(entry.KeyOrigin, "unknown key", allowed: nearest is null ? Keys(Inner) : null, suggestion: nearest);
    }

    private static string Keys(IReadOnlyList<Setting> settings) =>
        string.Join(", ", settings.Where(static setting => setting.IsBuilt).Select(static setting => setting.Key));
}
