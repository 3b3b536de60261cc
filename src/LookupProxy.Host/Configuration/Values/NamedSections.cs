using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Sections;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>Sections under names of the operator's choice.</summary>
internal sealed class NamedSections<T>(SectionReader<T> section, string what, bool mayBeEmpty = false) : ValueReader<ImmutableArray<T>>
    where T : class
{
    public override string Allowed => $"{what} by name";

    public override IReadOnlyList<Setting> Inner => section.Inner;

    public override string InnerStep => ".NAME";

    public override string Show(ImmutableArray<T> value) => "none";

    public override bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out ImmutableArray<T> value)
    {
        value = [];
        if (node is ConfigNode.Scalar { IsEmpty: true } or ConfigNode.Mapping { Entries.IsEmpty: true })
        {
            if (!mayBeEmpty)
                scope.Error(node.Origin, "is empty", allowed: Allowed);
            return mayBeEmpty;
        }

        if (node is not ConfigNode.Mapping mapping)
        {
            scope.Error(node.Origin, $"a section is expected, here is {node.Kind}", allowed: Allowed);
            return false;
        }

        var read = ImmutableArray.CreateBuilder<T>();
        foreach (var entry in mapping.Entries)
        {
            var inner = scope.At(entry.Key, entry.KeyOrigin);
            if (!Names.IsName(entry.Key))
                inner.Error(entry.KeyOrigin, "not a name", entry.Key, Names.Allowed);
            else if (section.TryRead(entry.Value, inner, out var named))
                read.Add(named);
        }

        value = read.DrainToImmutable();
        return true;
    }
}
