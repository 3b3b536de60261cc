using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>Keys of the operator's choice with a value each.</summary>
internal sealed class TextPairs(ScalarReader<string> left, ScalarReader<string> right, string allowed)
    : ValueReader<ImmutableArray<(Located<string> Left, Located<string> Right)>>
{
    public override string Allowed => allowed;

    public override string Show(ImmutableArray<(Located<string> Left, Located<string> Right)> value) => "none";

    public override bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out ImmutableArray<(Located<string> Left, Located<string> Right)> value)
    {
        value = [];
        if (node is not ConfigNode.Mapping mapping)
        {
            scope.Error(node.Origin, $"a section is expected, here is {node.Kind}", allowed: Allowed);
            return false;
        }

        var pairs = ImmutableArray.CreateBuilder<(Located<string>, Located<string>)>();
        foreach (var entry in mapping.Entries)
        {
            var inner = scope.At(entry.Key, entry.KeyOrigin);
            var key = new ConfigNode.Scalar(entry.KeyOrigin, entry.Key, IsPlain: false);
            if (left.TryRead(key, inner, out var l) & right.TryRead(entry.Value, inner, out var r))
                pairs.Add((new Located<string>(l!, entry.KeyOrigin, inner.Path), new Located<string>(r!, entry.Value.Origin, inner.Path)));
        }

        value = pairs.DrainToImmutable();
        return true;
    }
}
