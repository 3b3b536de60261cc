using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A value that is one text.</summary>
internal abstract class ScalarReader<T> : ValueReader<T>
{
    /// <summary>False for secrets, which no fault repeats.</summary>
    protected virtual bool MayBeRepeated(string text) => true;

    /// <summary>What could have been meant by a text that is not allowed.</summary>
    protected virtual string? Suggest(string text) => null;

    /// <returns>What is wrong with it; null when nothing is.</returns>
    protected abstract string? Parse(string text, ReadScope scope, out T value);

    public sealed override bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not ConfigNode.Scalar scalar || scalar.IsEmpty)
        {
            scope.Error(node.Origin, $"a value is expected, here is {node.Kind}", allowed: Allowed);
            return false;
        }

        var complaint = Parse(scalar.Text, scope, out value!);
        if (complaint is null)
            return true;
        scope.Error(node.Origin, complaint, MayBeRepeated(scalar.Text) ? scalar.Text : null, Allowed, Suggest(scalar.Text));
        return false;
    }
}
