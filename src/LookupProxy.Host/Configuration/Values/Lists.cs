using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Sections;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A list; one value alone is a list of one. In an environment variable the elements stand between <paramref name="separator"/>s.</summary>
/// <param name="separator">Null where elements may hold a comma.</param>
internal sealed class Lists<T>(ValueReader<T> item, bool mayBeEmpty = false, char? separator = ',') : ValueReader<ImmutableArray<Located<T>>>
{
    public override string Allowed => $"one or a list of: {item.Allowed}";

    public override IReadOnlyList<Setting> Inner => item.Inner;

    public override string InnerStep => "[n]" + item.InnerStep;

    public override string? Show(ImmutableArray<Located<T>> value) =>
        $"[{string.Join(", ", value.Select(element => item.Show(element.Value)))}]";

    public override bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out ImmutableArray<Located<T>> value)
    {
        var values = ImmutableArray.CreateBuilder<Located<T>>();
        var whole = true;
        foreach (var (element, inner) in Elements(node, scope))
        {
            if (item.TryRead(element, inner, out var read))
                values.Add(new Located<T>(read, element.Origin, inner.Path));
            else
                whole = false;
        }

        value = values.DrainToImmutable();
        if (whole && value.IsEmpty && !mayBeEmpty)
        {
            scope.Error(node.Origin, "is empty", allowed: Allowed);
            return false;
        }

        return true;
    }

    private IEnumerable<(ConfigNode Node, ReadScope Scope)> Elements(ConfigNode node, ReadScope scope) => node switch
    {
        ConfigNode.Sequence list => list.Items.Select((element, i) => (element, scope.At(i))),
        ConfigNode.Scalar { IsEmpty: true } => [],
        ConfigNode.Scalar { Origin.IsEnvironment: true } scalar when separator is { } comma =>
            scalar.Text.Split(comma, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select((text, i) => ((ConfigNode)(scalar with { Text = text }), scope.At(i))),
        _ => [(node, scope)],
    };
}
